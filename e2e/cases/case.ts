import type { Shop } from '../deployment';
import type { Outgoing } from '../http';
import type { KeptInvoice, KeptPostback } from '../ledger';

/** One line of the table of postbacks that are not what they should be: what is sent, answered and kept. */
export interface Case {
  /** The row's number and what is special about it. */
  readonly title: string;
  /** CryptoCloud where nothing is said. */
  readonly provider?: string;
  readonly withoutSecret?: boolean;
  /** Sent one after the other; `other` is a further project of the same provider. */
  requests(shop: Shop, other: Shop): Promise<readonly Outgoing[]>;
  readonly answers: readonly Answer[];
  /** In the order of receipt, duplicates included. */
  readonly kept?: readonly Partial<KeptPostback>[];
  readonly invoices?: readonly Partial<KeptInvoice>[];
  readonly counts?: Readonly<Record<string, number>>;
  /** Where Next answers before our route does. */
  readonly inNext?: Partial<Pick<Case, 'answers' | 'kept' | 'invoices' | 'counts'>>;
}

export interface Answer {
  readonly status: number;
  /** The whole JSON; null: whatever Next says. */
  readonly body: Readonly<Record<string, string>> | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export const RECEIVED: Answer = { status: 200, body: { message: 'Postback received' } };
export const INVALID_TOKEN: Answer = { status: 401, body: { error: 'Invalid token' } };
export const INVALID_SIGNATURE: Answer = { status: 401, body: { error: 'Invalid signature' } };
export const UNKNOWN: Answer = { status: 404, body: { error: 'Unknown notification URL' } };
export const TOO_LARGE: Answer = { status: 413, body: { error: 'The body is larger than 256 KB' } };
export const UNSUPPORTED: Answer = {
  status: 415,
  body: { error: 'Send JSON or a form in UTF-8, without a content encoding' },
};
export const WRONG_METHOD: Answer = { status: 405, body: { error: 'Send a POST' }, headers: { allow: 'POST' } };

export function unreadable(error: string): Answer {
  return { status: 400, body: { error } };
}

/** What Next makes of it by itself. */
export function nextAnswers(status: number): Answer {
  return { status, body: null };
}

export function accepted(...flags: readonly string[]): Partial<KeptPostback> {
  return { outcome: 'accepted', reason: null, answer_status: 200, flags };
}

export function refused(reason: string): Partial<KeptPostback> {
  return { outcome: 'refused', reason, answer_status: 401, invoice_id: null };
}
