import { getDatabase } from '@/lib/db/client';
import type { Instant, Parsed, Verdict } from '@/lib/providers/provider';
import { arrivalDocument, sealBody } from './documents';
import type { Arrival } from './entry';
import { COUNT, WRITE_INCOMPLETE, WRITE_REFUSED } from './statements';

/** What changes no invoice: refusals, unreadable and incomplete bodies, and mere counts. */

interface Refusal {
  readonly outcome: 'refused' | 'unreadable';
  readonly reason: string;
  readonly answerStatus: number;
  /** Which invoice it names; null: none that could be one. */
  readonly claimedInvoiceId: string | null;
}

export async function recordRefused(arrival: Arrival, refusal: Refusal): Promise<void> {
  const { outcome, reason, answerStatus, claimedInvoiceId } = refusal;
  const database = await getDatabase();
  const { sealed, keyId } = sealBody(arrival);
  const row = {
    ...arrivalDocument(arrival),
    encryption_key_id: keyId,
    outcome,
    reason,
    answer_status: answerStatus,
    claimed_invoice_id: claimedInvoiceId,
  };
  await database.run(WRITE_REFUSED, [JSON.stringify([row]), sealed]);
}

/** An authentic postback that lacks a required field; a further copy of it is counted. */
export async function recordIncomplete(
  arrival: Arrival,
  verdict: Extract<Verdict, { authentic: true }>,
  problem: Extract<Parsed, { ok: false }>,
  contentKey: string,
): Promise<void> {
  const database = await getDatabase();
  const { sealed, keyId } = sealBody(arrival);
  const row = {
    ...arrivalDocument(arrival),
    encryption_key_id: keyId,
    reason: problem.problem,
    reason_field: problem.field,
    signer: verdict.signer,
    verified: verdict.grade,
    secret_id: verdict.secretId,
    content_key: contentKey,
    flags: verdict.flags,
  };
  await database.run(WRITE_INCOMPLETE, [JSON.stringify([row]), sealed]);
}

export async function count(projectId: string, kind: string, at: Instant): Promise<void> {
  const database = await getDatabase();
  await database.run(COUNT, [projectId, kind, at]);
}
