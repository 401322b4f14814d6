import type { Provider } from '@/lib/providers/provider';

/** Every way a delivery to a notification URL can end. */
export const OUTCOMES = [
  'accepted',
  'duplicate',
  'contradiction',
  'incomplete',
  'unreadable',
  'refused',
  'unsupported',
  'unknown_key',
  'wrong_method',
  'too_large',
  'unavailable',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** The outcomes that leave a row in the ledger. */
export const KEPT_OUTCOMES = ['accepted', 'duplicate', 'contradiction', 'incomplete', 'unreadable', 'refused'] as const;
export type KeptOutcome = (typeof KEPT_OUTCOMES)[number];

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** How it ended and why, for who watches the deployment; never sent. */
  readonly outcome?: Outcome;
  readonly reason?: string;
}

const RECEIVED: Answer = { status: 200, body: { message: 'Postback received' } };

/** The one table of answers: 2xx it is safely stored, 4xx it will never be accepted as sent, 5xx send it again. */
export const ANSWERS = {
  accepted: { ...RECEIVED, outcome: 'accepted' },
  duplicate: { ...RECEIVED, outcome: 'duplicate' },
  contradiction: { ...RECEIVED, outcome: 'contradiction' },
  unsupported: {
    outcome: 'unsupported',
    status: 415,
    body: { error: 'Send JSON or a form in UTF-8, without a content encoding' },
  },
  unknown_key: { outcome: 'unknown_key', status: 404, body: { error: 'Unknown notification URL' } },
  wrong_method: { outcome: 'wrong_method', status: 405, body: { error: 'Send a POST' }, headers: { allow: 'POST' } },
  too_large: { outcome: 'too_large', status: 413, body: { error: 'The body is larger than 256 KB' } },
  unavailable: {
    outcome: 'unavailable',
    status: 503,
    body: { error: 'Not stored, send it again' },
    headers: { 'retry-after': '30' },
  },
} as const satisfies Partial<Record<Outcome, Answer>>;

export function unsupportedAnswer(reason: string): Answer {
  return { ...ANSWERS.unsupported, reason };
}

export function unreadableAnswer(detail: string, reason: string): Answer {
  return { status: 400, body: { error: detail }, outcome: 'unreadable', reason };
}

export function incompleteAnswer(field: string, problem: 'missing' | 'unreadable'): Answer {
  return { status: 400, body: { error: `${field} is ${problem}` }, outcome: 'incomplete', reason: `${problem}_field` };
}

export function refusedAnswer(provider: Provider, reason: string): Answer {
  return { status: 401, body: { error: provider.refusal }, outcome: 'refused', reason };
}
