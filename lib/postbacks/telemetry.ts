import { SenderGone } from '@/lib/body-limit';
import { isLevelEnabled, type Level, log } from '@/lib/log/log';
import { getMetrics } from '@/lib/metrics/receiver';
import { tracePostback } from '@/lib/tracing/tracing';
import type { Answer, Outcome } from './outcome';

/** What is known of one delivery while it is being answered, for who watches the deployment; nothing of its body. */
export interface PostbackTrace {
  provider: string | undefined;
  projectId: string | undefined;
  /** Of the row, where one is kept. */
  requestId: string | undefined;
  failure: unknown;
}

export type TracedOutcome = Outcome | 'sender_gone';

/** That a postback came is answered by the ledger, and a stranger must not fill the disk: the log tells what operators act on. */
const LEVELS: Readonly<Record<TracedOutcome, Level>> = {
  accepted: 'debug',
  duplicate: 'debug',
  unknown_key: 'debug',
  wrong_method: 'debug',
  too_large: 'debug',
  sender_gone: 'debug',
  contradiction: 'info',
  incomplete: 'info',
  unreadable: 'info',
  refused: 'info',
  unsupported: 'info',
  unavailable: 'error',
};

/** Answers with what `work` answers, and tells of it. */
export async function withTelemetry(work: (trace: PostbackTrace) => Promise<Answer>): Promise<Answer> {
  const began = performance.now();
  const trace: PostbackTrace = { provider: undefined, projectId: undefined, requestId: undefined, failure: undefined };
  const answer = await work(trace);
  report(trace, answer, began);
  return answer;
}

function report(trace: PostbackTrace, { outcome, reason, status }: Answer, began: number): void {
  const ended = performance.now();
  const milliseconds = ended - began;
  const seen: TracedOutcome = trace.failure instanceof SenderGone ? 'sender_gone' : (outcome ?? 'unavailable');
  const { provider, projectId, requestId, failure } = trace;
  getMetrics()?.count({ provider, outcome: seen, reason, seconds: milliseconds / 1000 });
  tracePostback({ provider, projectId, requestId, outcome: seen, reason, status, began, ended });
  const level = LEVELS[seen];
  if (!isLevelEnabled(level)) return;
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
  log(level, seen === 'unavailable' ? 'A postback could not be stored' : 'Postback', { ...facts, ...error });
}
