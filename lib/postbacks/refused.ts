import { createHash } from 'node:crypto';
import { identity, sha256Hex } from '@/lib/crypto';
import { type Database, getDatabase } from '@/lib/db/client';
import { type Claim, claimInBytes, claimOf, NO_CLAIM } from '@/lib/providers/claim';
import type { Fields, Instant, Parsed, Provider, Verdict } from '@/lib/providers/provider';
import { quoted } from '@/lib/search/query';
import { termOf } from '@/lib/search/terms';
import { batchWriter } from './batch-writer';
import { arrivalDocument, claimDocument, isLongLived, sealBody } from './documents';
import { Bytes } from './parameters';
import { MAX_UNVERIFIED_BYTES } from './request';
import { COUNT, COUNT_UNNAMED, WRITE_INCOMPLETE, WRITE_REFUSED } from './statements';
import type { ReceivedPostback } from './verified-postback';

/** What changes no invoice: refusals, unreadable and incomplete bodies, and mere counts. */

interface Refusal {
  readonly outcome: 'refused' | 'unreadable';
  readonly reason: string;
  readonly answerStatus: number;
  /** Null: the body was not decoded. */
  readonly fields: Fields | null;
}

interface Refused extends Refusal {
  readonly arrival: ReceivedPostback;
  readonly claim: Claim;
}

export interface Counted {
  readonly projectId: string;
  readonly kind: string;
  readonly at: Instant;
  readonly userAgent: string | null;
}

const HOUR_MS = 3_600_000;

/** The quotas of a project that were found full, of the latest hour: a stranger's flood is then only a count. */
interface FullQuotas {
  readonly hour: number;
  readonly kinds: Set<string>;
}

const fullQuotas = new Map<string, FullQuotas>();
const MAX_PROJECTS = 10_000;
/** The pause between two writes of mere counts: each costs the embedded database as much as a postback. */
const REST_MS = 50;

export async function recordRefused(arrival: ReceivedPostback, provider: Provider, refusal: Refusal): Promise<void> {
  const database = await getDatabase();
  const { projectId, receivedAt, userAgent, bytes } = arrival;
  const full = fullQuotas.get(projectId);
  const isFull = (kind: string): boolean =>
    full !== undefined && full.hour === hourOf(Date.parse(receivedAt)) && full.kinds.has(kind);
  const { fields, reason } = refusal;
  const isWhole = bytes.byteLength <= MAX_UNVERIFIED_BYTES;
  const hasRoom = !isFull('refused') || !isFull(reasonKind(reason));
  const mayBeKnown = fields !== null && isWhole && !isFull('refused_known');
  const claim =
    hasRoom || mayBeKnown
      ? fields && isWhole
        ? claimOf(fields, provider)
        : claimInBytes(bytes.subarray(0, MAX_UNVERIFIED_BYTES), provider)
      : NO_CLAIM;
  const named = mayBeKnown ? namedIn(projectId, claim) : NOTHING_NAMED;
  const isKept = hasRoom || (namesSomething(named) && !(await isCounted(database, { arrival, named })));
  if (isKept) await refuse(database, { ...refusal, fields: isWhole ? fields : null, arrival, claim });
  else if (!namesSomething(named))
    await countIn(database, { projectId, kind: 'refused_over_limit', at: receivedAt, userAgent });
}

interface Unkept {
  readonly arrival: ReceivedPostback;
  readonly named: Named;
  isKnown: boolean;
}

/** Whether it was counted because it names nothing that is there: that costs less than the write of what is dropped then. */
async function isCounted(database: Database, unkept: Pick<Unkept, 'arrival' | 'named'>): Promise<boolean> {
  const one: Unkept = { ...unkept, isKnown: false };
  await countUnnamed(database, one);
  return !one.isKnown;
}

const countUnnamed = batchWriter<Unkept>(writeUnnamed, undefined, REST_MS);

async function writeUnnamed(database: Database, unkept: readonly Unkept[]): Promise<void> {
  const rows = unkept.map(({ arrival: { projectId, receivedAt, userAgent }, named }, nth) => ({
    nth,
    project_id: projectId,
    at: receivedAt,
    user_agent: userAgent,
    ...named,
  }));
  const known = await database.run<{ nth: number }>(COUNT_UNNAMED, [JSON.stringify(rows)]);
  for (const { nth } of known) {
    const one = unkept[nth];
    if (one) one.isKnown = true;
  }
}

function reasonKind(reason: string): string {
  return `reason_${reason}`;
}

export async function count(projectId: string, kind: string, at: Instant, userAgent: string | null): Promise<void> {
  await countIn(await getDatabase(), { projectId, kind, at, userAgent });
}

const refuse = batchWriter(writeRefused, ({ arrival }) => Math.min(arrival.bytes.byteLength, MAX_UNVERIFIED_BYTES));
const countIn = batchWriter(writeCounts, undefined, REST_MS);

type RefusedResult =
  | { readonly what: 'dropped'; readonly id: string }
  | { readonly what: 'full'; readonly project_id: string; readonly kind: string; readonly hour: number };

async function writeRefused(database: Database, refused: readonly Refused[]): Promise<void> {
  const bytes = new Bytes();
  const rows = refused.map(({ arrival, outcome, reason, answerStatus, fields, claim }) => {
    const isWhole = arrival.bytes.byteLength <= MAX_UNVERIFIED_BYTES;
    const kept = isWhole ? arrival.bytes : arrival.bytes.subarray(0, MAX_UNVERIFIED_BYTES);
    const { sealed, keyId } = sealBody({ ...arrival, bytes: kept });
    return {
      ...arrivalDocument(arrival),
      outcome,
      reason,
      answer_status: answerStatus,
      ...claimDocument(claim),
      ...(fields ? namedIn(arrival.projectId, claim) : NOTHING_NAMED),
      body_at: bytes.add(sealed),
      body_length: sealed.byteLength,
      body_hash: isWhole ? null : createHash('sha256').update(arrival.bytes).digest('hex'),
      encryption_key_id: keyId,
    };
  });
  const results = await database.run<RefusedResult>(WRITE_REFUSED, [JSON.stringify(rows), bytes.joined()]);
  if (fullQuotas.size > MAX_PROJECTS) fullQuotas.clear();
  for (const result of results) if (result.what === 'full') remember(result);
  const dropped = new Set(results.flatMap((result) => (result.what === 'dropped' ? [result.id] : [])));
  await writeCounts(
    database,
    refused
      .filter(({ arrival }) => dropped.has(arrival.id))
      .map(({ arrival: { projectId, receivedAt: at, userAgent } }) => ({
        projectId,
        kind: 'refused_over_limit',
        at,
        userAgent,
      })),
  );
}

function remember({ project_id: projectId, kind, hour: seconds }: Extract<RefusedResult, { what: 'full' }>): void {
  const hour = hourOf(seconds * 1_000);
  const known = fullQuotas.get(projectId);
  const full = known?.hour === hour ? known : { hour, kinds: new Set<string>() };
  full.kinds.add(kind);
  fullQuotas.set(projectId, full);
}

type Named = { readonly named_invoice: string | null; readonly named_order: string | null };

const NOTHING_NAMED: Named = { named_invoice: null, named_order: null };

function namesSomething({ named_invoice, named_order }: Named): boolean {
  return named_invoice !== null || named_order !== null;
}

/**
 * What of ours a readable body names, if it is there: the invoice by its id, the first order by its term in the search
 * index, whose quota no other spelling of it and no list with it evades.
 */
function namedIn(projectId: string, { invoiceId, orderIds: [order] }: Claim): Named {
  return {
    named_invoice: invoiceId === null ? null : identity(projectId, invoiceId, 'live'),
    named_order: order === undefined ? null : quoted(termOf('order', order)),
  };
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

interface Incomplete {
  readonly arrival: ReceivedPostback;
  readonly verdict: Extract<Verdict, { authentic: true }>;
  readonly problem: Extract<Parsed, { ok: false }>;
  readonly contentKey: string;
  readonly claim: Claim;
}

/** An authentic postback that lacks a required field; a further copy of it is counted. */
export async function recordIncomplete(incomplete: Incomplete): Promise<void> {
  await keepIncomplete(await getDatabase(), incomplete);
}

const keepIncomplete = batchWriter(writeIncomplete, ({ arrival }) => arrival.bytes.byteLength);

async function writeIncomplete(database: Database, incomplete: readonly Incomplete[]): Promise<void> {
  const firsts = new Map<string, { readonly incomplete: Incomplete; n: number }>();
  for (const one of incomplete) {
    const known = firsts.get(one.contentKey);
    if (known) known.n += 1;
    else firsts.set(one.contentKey, { incomplete: one, n: 1 });
  }
  const bytes = new Bytes();
  const rows = [...firsts.values()].map(({ incomplete: { arrival, verdict, problem, contentKey, claim }, n }) => {
    const { sealed, keyId } = sealBody(arrival);
    return {
      ...arrivalDocument(arrival),
      ...claimDocument(claim),
      encryption_key_id: keyId,
      reason: problem.problem,
      reason_field: problem.field,
      signer: verdict.signer,
      verified: verdict.grade,
      secret_id: verdict.secretId,
      content_key: contentKey,
      token_hash: verdict.token === null ? null : sha256Hex(verdict.token),
      flags: verdict.flags,
      // A token that names an invoice covers one attempt, even one that says too little.
      named_invoice: claim.invoiceId === null ? null : identity(arrival.projectId, claim.invoiceId, verdict.signer),
      is_long_lived: isLongLived(verdict.flags),
      body_at: bytes.add(sealed),
      body_length: sealed.byteLength,
      n,
    };
  });
  const counted = await database.run<{ id: string; n: number }>(WRITE_INCOMPLETE, [
    JSON.stringify(rows),
    bytes.joined(),
  ]);
  const overLimit = new Map(counted.map(({ id, n }) => [id, n]));
  await writeCounts(
    database,
    incomplete.flatMap(({ arrival }) => {
      const { projectId, receivedAt: at, userAgent } = arrival;
      const n = overLimit.get(arrival.id) ?? 0;
      return Array.from({ length: n }, () => ({ projectId, kind: 'over_limit', at, userAgent }));
    }),
  );
}
