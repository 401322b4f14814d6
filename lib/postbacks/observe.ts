import { type Level, say, saying } from '@/lib/log/log';
import { getMetrics } from '@/lib/metrics/receiver';
import type { Answer, Outcome } from './outcome';
import { SenderGone } from './raw-body';

/** What is known of one delivery while it is being answered, for who watches the deployment; nothing of its body. */
export interface Sight {
  provider: string | undefined;
  projectId: string | undefined;
  /** Of the row, where one is kept. */
  requestId: string | undefined;
  failure: unknown;
}

export type Seen = Outcome | 'sender_gone';

/** That a postback came is answered by the ledger, and a stranger must not fill the disk: the log tells what operators act on. */
const LEVELS: Readonly<Record<Seen, Level>> = {
  accepted: 'debug',
  duplicate: 'debug',
  unknown_key: 'debug',
  wrong_method: 'debug',
  unsupported: 'debug',
  too_large: 'debug',
  sender_gone: 'debug',
  contradiction: 'info',
  incomplete: 'info',
  unreadable: 'info',
  refused: 'info',
  unavailable: 'error',
};

/** Answers with what `work` answers, and tells of it. */
export async function observed(work: (sight: Sight) => Promise<Answer>): Promise<Answer> {
  const began = performance.now();
  const sight: Sight = { provider: undefined, projectId: undefined, requestId: undefined, failure: undefined };
  const answer = await work(sight);
  tell(sight, answer, performance.now() - began);
  return answer;
}

function tell(sight: Sight, { outcome, reason, status }: Answer, milliseconds: number): void {
  const seen: Seen = sight.failure instanceof SenderGone ? 'sender_gone' : (outcome ?? 'unavailable');
  const { provider, projectId, requestId, failure } = sight;
  getMetrics()?.count({ provider, outcome: seen, reason, seconds: milliseconds / 1000 });
  const level = LEVELS[seen];
  if (!saying(level)) return;
  const facts = {
    outcome: seen,
    reason,
    status,
    provider,
    projectId,
    requestId,
    milliseconds: Math.round(milliseconds),
  };
  const error = seen === 'unavailable' && failure !== undefined ? { error: failure } : {};
  say(level, seen === 'unavailable' ? 'A postback could not be stored' : 'Postback', { ...facts, ...error });
}
