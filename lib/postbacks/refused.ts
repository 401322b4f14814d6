import { type Database, getDatabase } from '@/lib/db/client';
import type { Claim } from '@/lib/providers/claim';
import type { Instant, Parsed, Verdict } from '@/lib/providers/provider';
import { arrivalDocument, claimDocument, sealBody } from './documents';
import type { Arrival } from './entry';
import { gathering } from './gathering';
import { Bytes } from './parameters';
import { COUNT, WRITE_INCOMPLETE, WRITE_REFUSED } from './statements';

/** What changes no invoice: refusals, unreadable and incomplete bodies, and mere counts. */

interface Refusal {
  readonly outcome: 'refused' | 'unreadable';
  readonly reason: string;
  readonly answerStatus: number;
  readonly claim: Claim;
}

interface Refused extends Refusal {
  readonly arrival: Arrival;
}

export interface Counted {
  readonly projectId: string;
  readonly kind: string;
  readonly at: Instant;
  readonly userAgent: string | null;
}

const HOUR_MS = 3_600_000;

/** The latest hour, since 1970, in which a project's refusals are no longer kept: from then on a stranger's flood is a count. */
const fullHours = new Map<string, number>();
const MOST_PROJECTS = 10_000;

export async function recordRefused(arrival: Arrival, refusal: Refusal): Promise<void> {
  const database = await getDatabase();
  const { projectId, receivedAt } = arrival;
  if (fullHours.get(projectId) === hourOf(Date.parse(receivedAt))) await count(projectId, 'kept', receivedAt, null);
  else await refuse(database, { ...refusal, arrival });
}

export async function count(projectId: string, kind: string, at: Instant, userAgent: string | null): Promise<void> {
  await countIn(await getDatabase(), { projectId, kind, at, userAgent });
}

const refuse = gathering(writeRefused, ({ arrival }) => arrival.bytes.byteLength);
const countIn = gathering(writeCounts);

async function writeRefused(database: Database, refused: readonly Refused[]): Promise<void> {
  const bytes = new Bytes();
  const rows = refused.map(({ arrival, outcome, reason, answerStatus, claim }) => {
    const { sealed, keyId } = sealBody(arrival);
    return {
      ...arrivalDocument(arrival),
      outcome,
      reason,
      answer_status: answerStatus,
      ...claimDocument(claim),
      body_at: bytes.add(sealed),
      body_length: sealed.byteLength,
      encryption_key_id: keyId,
    };
  });
  const full = await database.run<{ project_id: string; hour: number }>(WRITE_REFUSED, [
    JSON.stringify(rows),
    bytes.joined(),
  ]);
  if (fullHours.size > MOST_PROJECTS) fullHours.clear();
  for (const { project_id: projectId, hour } of full) fullHours.set(projectId, hourOf(hour * 1_000));
}

interface CountRow {
  readonly project_id: string;
  readonly kind: string;
  readonly count: number;
  readonly last_at: Instant;
  readonly last_user_agent: string | null;
}

export async function writeCounts(database: Database, counted: readonly Counted[]): Promise<void> {
  if (counted.length === 0) return;
  const rows = new Map<string, CountRow>();
  for (const { projectId, kind, at, userAgent } of counted) {
    const key = `${projectId} ${kind} ${hourOf(Date.parse(at))}`;
    // They wait in the order in which they came.
    rows.set(key, {
      project_id: projectId,
      kind,
      count: (rows.get(key)?.count ?? 0) + 1,
      last_at: at,
      last_user_agent: userAgent,
    });
  }
  await database.run(COUNT, [JSON.stringify([...rows.values()])]);
}

function hourOf(milliseconds: number): number {
  return Math.floor(milliseconds / HOUR_MS);
}

/** An authentic postback that lacks a required field; a further copy of it is counted. */
export async function recordIncomplete(
  arrival: Arrival,
  verdict: Extract<Verdict, { authentic: true }>,
  problem: Extract<Parsed, { ok: false }>,
  contentKey: string,
  claim: Claim,
): Promise<void> {
  const database = await getDatabase();
  const { sealed, keyId } = sealBody(arrival);
  const row = {
    ...arrivalDocument(arrival),
    ...claimDocument(claim),
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
