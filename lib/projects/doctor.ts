import { getEnv } from '@/lib/env';
import { getProvider } from '@/lib/providers';
import type { Access } from '@/lib/staff/access';
import { type DoctorFacts, type RequestFacts, readDoctorFacts, readRequestFacts, type Seen } from './doctor-facts';
import { isGuessable, type ProjectSummary } from './queries';

export const CHECKS = ['reached', 'secret', 'redirect', 'clock', 'silence', 'database', 'platform'] as const;
export type Check = (typeof CHECKS)[number];

/** Unknown is a finding of its own: what nothing was seen of is neither good nor bad. */
export type Health = 'good' | 'attention' | 'bad' | 'unknown';

/** What a sentence may name; instants and spans are written by the page. */
export interface Values {
  readonly at?: string;
  readonly count?: number;
  readonly hint?: string;
  readonly milliseconds?: number;
  /** What a client called itself; null: it gave no name. */
  readonly agent?: string | null;
}

export interface Finding {
  readonly check: Check;
  readonly state: Health;
  /** Which sentence of the catalogue. */
  readonly word: string;
  readonly values: Values;
  /** What it was derived from: a postback, or the counters of the log. */
  readonly source: (Seen & { readonly kind: 'postback' }) | { readonly kind: 'counter' } | null;
}

/** A token that came so much sooner or later than it was made says nothing against a clock. */
const CLOCK_LEEWAY_S = 30;
/** Tokens expire after 330 s: not long before that, payments are refused. */
const CLOCK_BAD_S = 240;
const SLOW_MS = 500;
/** For as long GETs are counted here. */
const GETS_WINDOW_MS = 7 * 86_400_000;

/** Only for a project that this person was found to see. A line for everything, also where nothing can be known. */
export async function examine(access: Access, project: ProjectSummary, now: Date): Promise<readonly Finding[]> {
  return judge(await readDoctorFacts(access, project, now), now, getEnv().onVercel);
}

/** The one line about redirects. */
export async function examineRedirect(access: Access, project: ProjectSummary, now: Date): Promise<Finding> {
  return judgeRedirect(await readRequestFacts(access, project.id, now), now);
}

export function judge(facts: DoctorFacts, now: Date, onVercel: boolean): readonly Finding[] {
  return [
    judgeReached(facts),
    judgeSecret(facts),
    judgeRedirect(facts, now),
    judgeClock(facts),
    judgeSilent(facts),
    judgeDatabase(facts),
    ...(onVercel ? [judgePlatform(facts)] : []),
  ];
}

function found(
  check: Check,
  state: Health,
  word: string,
  values: Values = {},
  source: Finding['source'] = null,
): Finding {
  return { check, state, word, values, source };
}

const from = (seen: Seen): Finding['source'] => ({ kind: 'postback', id: seen.id, at: seen.at });

function judgeReached({ live, other, test }: DoctorFacts): Finding {
  if (live) return found('reached', 'good', 'live', { at: live.at }, from(live));
  if (other) return found('reached', 'attention', 'other', { at: other.at }, from(other));
  if (test) return found('reached', 'unknown', 'test', { at: test.at }, from(test));
  return found('reached', 'unknown', 'nothing');
}

function judgeSecret({ secret, secretProblem, live, wrongKey, provider }: DoctorFacts): Finding {
  if (!secret) return found('secret', 'bad', 'missing');
  if (secretProblem) return found('secret', 'bad', isGuessable(secretProblem) ? 'weak' : 'impossible');
  if (wrongKey) {
    const word = getProvider(provider)?.credential === 'public_key' ? 'wrongPublicKey' : 'wrongKey';
    return found('secret', 'bad', word, { at: wrongKey.at, count: wrongKey.count }, from(wrongKey));
  }
  if (!live) return found('secret', 'unknown', 'untried', { at: secret.enteredAt });
  if (live.ended) return found('secret', 'unknown', 'replaced', { at: secret.enteredAt }, from(live));
  return found('secret', 'good', 'accepted', { at: live.at, hint: live.hint ?? secret.hint }, from(live));
}

function judgeRedirect(facts: RequestFacts, now: Date): Finding {
  const { gets, live } = facts;
  if (!gets) {
    return live ? found('redirect', 'good', 'none', {}, { kind: 'counter' }) : found('redirect', 'unknown', 'nothing');
  }
  const values = { at: gets.lastAt, count: gets.count, agent: gets.userAgent };
  return arePostsMissing(facts, gets.lastAt, now)
    ? found('redirect', 'attention', 'missing', values, { kind: 'counter' })
    : found('redirect', 'good', 'seen', values, { kind: 'counter' });
}

/** A GET alone says nothing, for monitors and browsers send it; a redirect is likely where POSTs stay away besides. */
function arePostsMissing({ live, other, silence }: RequestFacts, lastGetAt: string, now: Date): boolean {
  const times = [live, other].flatMap((seen) => (seen ? [Date.parse(seen.at)] : []));
  const lastPost = Math.max(...times, 0);
  if (now.getTime() - lastPost > GETS_WINDOW_MS) return true;
  return silence.state === 'unusual' && Date.parse(lastGetAt) > lastPost;
}

export function judgeClock({ delay, provider }: Pick<DoctorFacts, 'delay' | 'provider'>): Finding {
  if (getProvider(provider)?.credential !== 'secret') return found('clock', 'unknown', 'untold');
  if (!delay) return found('clock', 'unknown', 'noToken');
  // Receipts are told from tokens by whole seconds.
  const values = { at: delay.at, milliseconds: Math.max(1, Math.abs(delay.seconds)) * 1000 };
  if (Math.abs(delay.seconds) <= CLOCK_LEEWAY_S) return found('clock', 'good', 'agrees', values, from(delay));
  if (delay.seconds < 0) return found('clock', 'attention', 'early', values, from(delay));
  return found('clock', delay.seconds > CLOCK_BAD_S ? 'bad' : 'attention', 'late', values, from(delay));
}

function judgeSilent({ silence, live }: DoctorFacts): Finding {
  const source = live ? from(live) : null;
  if (silence.state === 'unknown') return found('silence', 'unknown', 'young', {}, source);
  const values = { at: silence.since.toISOString(), milliseconds: silence.allowed };
  if (silence.state === 'usual') return found('silence', 'good', 'usual', values, source);
  return found('silence', 'attention', 'unusual', values, source);
}

function judgeDatabase({ answeredIn }: DoctorFacts): Finding {
  const milliseconds = Math.max(1, Math.round(answeredIn));
  const slow = milliseconds > SLOW_MS;
  return found('database', slow ? 'attention' : 'good', slow ? 'slow' : 'answers', { milliseconds });
}

/** The platform's own gates cannot be seen from inside; what came through them shows that they are open. */
function judgePlatform({ live }: DoctorFacts): Finding {
  if (live) return found('platform', 'good', 'open', { at: live.at }, from(live));
  return found('platform', 'attention', 'unchecked');
}
