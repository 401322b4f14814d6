import { getDatabase } from '@/lib/db/client';
import type { Instant, Parsed, Verdict } from '@/lib/providers/provider';
import { arrivalDocument, sealedBody } from './documents';
import type { Arrival } from './entry';
import { COUNT, WRITE_INCOMPLETE, WRITE_REFUSED } from './statements';

/** What changes no invoice: refusals, unreadable and incomplete bodies, and mere counts. */

export async function recordRefused(
  arrival: Arrival,
  outcome: 'refused' | 'unreadable',
  reason: string,
  answerStatus: number,
): Promise<void> {
  const database = await getDatabase();
  const row = { ...arrivalDocument(arrival), ...sealedBody(arrival), outcome, reason, answer_status: answerStatus };
  await database.run(WRITE_REFUSED, [JSON.stringify([row])]);
}

/** An authentic postback that lacks a required field; a further copy of it is counted. */
export async function recordIncomplete(
  arrival: Arrival,
  verdict: Extract<Verdict, { authentic: true }>,
  problem: Extract<Parsed, { ok: false }>,
  contentKey: string,
): Promise<void> {
  const database = await getDatabase();
  const row = {
    ...arrivalDocument(arrival),
    ...sealedBody(arrival),
    reason: problem.problem,
    reason_field: problem.field,
    signer: verdict.signer,
    verified: verdict.grade,
    secret_id: verdict.secretId,
    content_key: contentKey,
    flags: verdict.flags,
  };
  await database.run(WRITE_INCOMPLETE, [JSON.stringify([row])]);
}

export async function count(projectId: string, kind: string, at: Instant): Promise<void> {
  const database = await getDatabase();
  await database.run(COUNT, [projectId, kind, at]);
}
