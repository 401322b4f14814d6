import { recordAct } from '@/lib/audit/record';
import { type Database, getDatabase, type Statement } from '@/lib/db/client';
import { announce } from '@/lib/live';
import { findProjectById, type KeyedProject } from '@/lib/projects/find';
import { getProvider } from '@/lib/providers';
import { claimOf } from '@/lib/providers/claim';
import type { Provider } from '@/lib/providers/provider';
import { type Access, may, maySeeProject } from '@/lib/staff/access';
import { toInstant } from '@/lib/time';
import { open } from '@/lib/vault';
import type { Entry, Recheck } from './entry';
import { contentKey, toEntry } from './receive';
import { record } from './record';
import { openRequest, storedHeaders } from './request';

/**
 * Verifies refused postbacks again after a secret was corrected: as of their receipt, with the secrets that are active
 * now. What passes goes the way of any postback, in order of receipt, and keeps its row with both results.
 */

/** What one step did. */
export interface RechecksDone {
  /** Somebody else is at it. */
  readonly busy: boolean;
  readonly checked: number;
  /** Authentic now: accepted, duplicates and conflicts. */
  readonly accepted: number;
  /** Authentic now, but a required field is missing. */
  readonly incomplete: number;
  readonly left: number;
}

export interface RecheckOptions {
  /** The last batch begins before this much time is over; a function on Vercel ends after 10 s at the least. */
  readonly limitMs?: number;
  /** How many are verified at a time. */
  readonly batch?: number;
}

const LIMIT_MS = 4_000;
const BATCH = 64;
/** Counted no further. */
export const MAX_COUNTED = 10_000;

/**
 * Refused ones that were last checked before the newest secret was entered. Other processes go on with the secrets that
 * they know for two seconds, hence the five. $1 project, $2 whether the signature is in the headers.
 */
const CANDIDATES = `
  from postbacks p
  where p.project_id = $1::uuid and p.outcome = 'refused' and p.answer_status = 401 and p.body is not null
    and (not $2::boolean or p.request is not null)
    and coalesce(p.rechecked_at, p.received_at - interval '5 seconds') < (
      select max(s.created_at) from project_secrets s
      where s.project_id = $1::uuid and s.signer = 'live' and (s.ends_at is null or s.ends_at > now()))`;

const COUNT: Statement = {
  name: 'recheck_count',
  text: `select count(*)::int as count from (select 1 ${CANDIDATES} limit ${MAX_COUNTED + 1}) as candidates`,
};

/** $3 how many. */
const NEXT: Statement = {
  name: 'recheck_next',
  text: `
    select p.id::text as id, to_char(p.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as received_at,
      p.content_type, p.user_agent, encode(p.body, 'base64') as body, p.encryption_key_id as key_id,
      encode(p.request, 'base64') as request, p.request_key_id
    ${CANDIDATES} order by p.received_at, p.id limit $3::text::int`,
};

interface RefusedRow {
  readonly id: string;
  readonly received_at: string;
  readonly content_type: string | null;
  readonly user_agent: string | null;
  readonly body: string;
  readonly key_id: string;
  readonly request: string | null;
  readonly request_key_id: string | null;
}

/** One at a time checks a project's: out of two at once the later ones of one would overtake the earlier of the other. */
const TAKE: Statement = {
  name: 'recheck_take',
  text: `
    update projects set recheck_until = now() + interval '1 minute'
    where id = $1::uuid and (recheck_until is null or recheck_until < now())
    returning recheck_until::text as until`,
};

const RELEASE: Statement = {
  name: 'recheck_release',
  text: `update projects set recheck_until = null where id = $1::uuid and recheck_until = $2::timestamptz`,
};

/** $1 those that are refused again, each with today's reason, $2 who. */
const REFUSE: Statement = {
  name: 'recheck_refuse',
  text: `
    update postbacks p set refused_reason = coalesce(p.refused_reason, p.reason), reason = x.reason,
      rechecked_at = now(), rechecked_by = $2::uuid, xact = (pg_current_xact_id()::text)::bigint
    from json_to_recordset($1::json) as x(id uuid, reason text)
    where p.id = x.id and p.outcome = 'refused'`,
};

/** $1 one that lacks a required field, $2 who. Where the same content has a row already, this one is no first. */
const COMPLETE: Statement = {
  name: 'recheck_incomplete',
  text: `
    update postbacks p set outcome = 'incomplete', refused_reason = coalesce(p.refused_reason, p.reason),
      reason = x.reason, reason_field = x.reason_field, signer = x.signer, verified = x.verified,
      secret_id = x.secret_id, flags = x.flags, rechecked_at = now(), rechecked_by = $2::uuid,
      xact = (pg_current_xact_id()::text)::bigint,
      content_key = (select decode(x.content_key, 'hex') where not exists (select from postbacks f
        where f.content_key = decode(x.content_key, 'hex') and f.duplicate_of is null and f.content_key is not null))
    from json_to_recordset($1::json) as x(id uuid, reason text, reason_field text, signer text, verified text,
      secret_id uuid, flags json, content_key text)
    where p.id = x.id and p.outcome = 'refused'`,
};

/** How many refused postbacks a new secret may make acceptable; one more than `MAX_COUNTED` stands for any greater number. */
export async function countRecheckable(access: Access, projectId: string): Promise<number> {
  if (!may(access, 'recheckRefused') || !maySeeProject(access, projectId)) return 0;
  const project = await findProjectById(projectId, new Date());
  return project === null ? 0 : count(await getDatabase(), project);
}

async function count(database: Database, project: KeyedProject): Promise<number> {
  const [row] = await database.run<{ count: number }>(COUNT, scopeOf(project));
  return row?.count ?? 0;
}

function scopeOf({ id, provider }: KeyedProject): readonly [string, boolean] {
  return [id, (getProvider(provider)?.signatureHeaders.length ?? 0) > 0];
}

/** One step, bounded in time: who asks goes on while something is left. Null: no such project, or not theirs to check. */
export async function recheckRefused(
  access: Access,
  projectId: string,
  { limitMs = LIMIT_MS, batch = BATCH }: RecheckOptions = {},
): Promise<RechecksDone | null> {
  if (!may(access, 'recheckRefused') || !maySeeProject(access, projectId)) return null;
  const until = Date.now() + limitMs;
  const project = await findProjectById(projectId, new Date());
  const provider = project && getProvider(project.provider);
  if (!project || !provider) return null;
  const database = await getDatabase();
  const [taken] = await database.run<{ until: string }>(TAKE, [project.id]);
  const done = { busy: !taken, checked: 0, accepted: 0, incomplete: 0 };
  try {
    while (taken && (done.checked === 0 || Date.now() < until)) {
      const rows = await database.run<RefusedRow>(NEXT, [...scopeOf(project), String(batch)]);
      if (rows.length === 0) break;
      const { accepted, incomplete } = await recheckBatch({ database, project, provider }, rows, access);
      done.checked += rows.length;
      done.accepted += accepted;
      done.incomplete += incomplete;
      announce();
    }
  } finally {
    if (taken) await database.run(RELEASE, [project.id, taken.until]);
    if (done.checked > 0) {
      const { checked, accepted, incomplete } = done;
      const detail = { checked, accepted, incomplete, refused: checked - accepted - incomplete };
      await recordAct(access, { action: 'postback.recheck', projectId: project.id, detail });
    }
  }
  return { ...done, left: await count(database, project) };
}

interface Place {
  readonly database: Database;
  readonly project: KeyedProject;
  readonly provider: Provider;
}

type Rechecked =
  | { readonly result: 'refused'; readonly document: { readonly id: string; readonly reason: string } }
  | { readonly result: 'incomplete'; readonly document: object }
  | { readonly result: 'authentic'; readonly entry: Entry };

async function recheckBatch(
  { database, project, provider }: Place,
  rows: readonly RefusedRow[],
  access: Access,
): Promise<{ readonly accepted: number; readonly incomplete: number }> {
  const recheck = { by: access.staffId, at: toInstant(new Date()) };
  const results = await Promise.all(rows.map((row) => verifyAgain(row, { database, project, provider }, recheck)));
  // Handed over in order of receipt, in which those of one invoice are then taken.
  const entries = results.flatMap((one) => (one.result === 'authentic' ? [record(one.entry, database)] : []));
  await Promise.all(entries);
  const incomplete = results.flatMap((one) => (one.result === 'incomplete' ? [one.document] : []));
  for (const document of incomplete) await database.run(COMPLETE, [JSON.stringify([document]), access.staffId]);
  const refused = results.flatMap((one) => (one.result === 'refused' ? [one.document] : []));
  if (refused.length > 0) await database.run(REFUSE, [JSON.stringify(refused), access.staffId]);
  return { accepted: entries.length, incomplete: incomplete.length };
}

async function verifyAgain(row: RefusedRow, { project, provider }: Place, recheck: Recheck): Promise<Rechecked> {
  const { id, received_at: receivedAt } = row;
  const bytes = open({ sealed: Buffer.from(row.body, 'base64'), keyId: row.key_id }, `postbacks:${id}`);
  const decoded = provider.decode(bytes);
  // What could be read at receipt can be read now, unless the reading has become stricter.
  if (!decoded.ok) return { result: 'refused', document: { id, reason: decoded.reason } };
  const { fields } = decoded;
  const request = openRequest({
    id,
    request: row.request === null ? null : Buffer.from(row.request, 'base64'),
    requestKeyId: row.request_key_id,
  });
  const headers = storedHeaders(request ?? { senderAddress: null, headers: {} });
  const { secrets } = project;
  const verdict = await provider.verify({ bytes, fields, headers, secrets, now: new Date(receivedAt) });
  if (!verdict.authentic) return { result: 'refused', document: { id, reason: verdict.reason } };
  const parsed = provider.parse(fields);
  if (!parsed.ok) {
    const document = {
      id,
      reason: parsed.problem,
      reason_field: parsed.field,
      signer: verdict.signer,
      verified: verdict.grade,
      secret_id: verdict.secretId,
      flags: verdict.flags,
      content_key: contentKey(project, verdict, fields, 'incomplete'),
    };
    return { result: 'incomplete', document };
  }
  const arrival = {
    id,
    projectId: project.id,
    receivedAt,
    bytes,
    contentType: row.content_type,
    userAgent: row.user_agent,
    request: request ?? { senderAddress: null, headers: {} },
  };
  const claim = claimOf(fields, provider);
  return {
    result: 'authentic',
    entry: { ...toEntry(project, { arrival, verdict, decoded, event: parsed.event, claim }), recheck },
  };
}
