import { actorOf, loggedAct } from '@/lib/audit/record';
import { type Database, getDatabase, type Statement } from '@/lib/db/client';
import { announce } from '@/lib/live';
import { log } from '@/lib/log/log';
import { findProjectById, type KeyedProject } from '@/lib/projects/find';
import { getProvider } from '@/lib/providers';
import { claimOf } from '@/lib/providers/claim';
import type { Provider } from '@/lib/providers/provider';
import { type Access, may, maySeeProject } from '@/lib/staff/access';
import { open } from '@/lib/vault';
import { contentKey, toEntry } from './receive';
import { record } from './record';
import { openRequest, storedHeaders } from './request';
import type { Recheck, VerifiedPostback } from './verified-postback';

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
    -- Of a large one only the beginning is kept.
    and p.body_hash is null
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

/**
 * One at a time checks a project's: out of two at once the later ones of one would overtake the earlier of the other.
 * `at` is the time of the step, taken before the secrets are read.
 */
const TAKE: Statement = {
  name: 'recheck_take',
  text: `
    update projects set recheck_until = now() + interval '1 minute'
    where id = $1::uuid and (recheck_until is null or recheck_until < now())
    returning recheck_until::text as until,
      to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
};

const RELEASE: Statement = {
  name: 'recheck_release',
  text: `
    with released as (
      update projects set recheck_until = null where id = $1::uuid and recheck_until = $2::timestamptz
    ),
    ${loggedAct(4, '(select $1::uuid as id where $3::jsonb is not null) p', `'postback.recheck'`, {
      project: 'p.id',
      detail: '$3',
    })}
    select 1 as released`,
};

/**
 * $1 those that stay refused, each with today's reason (null: it could not be verified, the reason stays), $2 who, $3 the
 * time of the step, $4 the secrets that they were verified with. A secret that is not among these makes them candidates
 * again, also one that was entered up to five seconds before the step and whose transaction committed after it began.
 */
const REFUSE: Statement = {
  name: 'recheck_refuse',
  text: `
    update postbacks p set refused_reason = coalesce(p.refused_reason, p.reason), reason = coalesce(x.reason, p.reason),
      rechecked_at = greatest($3::timestamptz - interval '5 seconds', (
        select max(s.created_at) from project_secrets s
        where s.id = any($4::text[]::uuid[]) and s.signer = 'live')),
      rechecked_by = $2::uuid, xact = (pg_current_xact_id()::text)::bigint
    from json_to_recordset($1::json) as x(id uuid, reason text)
    where p.id = x.id and p.outcome = 'refused'`,
};

/**
 * $1 one that lacks a required field, $2 who, $3 the time of the step. Where the same content has a row already, this one
 * is no first.
 */
const COMPLETE: Statement = {
  name: 'recheck_incomplete',
  text: `
    update postbacks p set outcome = 'incomplete', refused_reason = coalesce(p.refused_reason, p.reason),
      reason = x.reason, reason_field = x.reason_field, signer = x.signer, verified = x.verified,
      secret_id = x.secret_id, flags = x.flags, rechecked_at = $3::timestamptz, rechecked_by = $2::uuid,
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
  return [id, isSignedInHeaders(provider)];
}

function isSignedInHeaders(provider: string): boolean {
  return (getProvider(provider)?.signatureHeaders.length ?? 0) > 0;
}

interface Refused {
  readonly outcome: string;
  readonly answerStatus: number;
  readonly provider: string;
  readonly body: Uint8Array | null;
  readonly bodyHash: Uint8Array | null;
  readonly request: Uint8Array | null;
}

/** What is not stored of a refused postback, so that it is none of the candidates whatever secret is entered; null: nothing. */
export function missingForRecheck(postback: Refused): 'body' | 'rest' | 'signature' | null {
  if (postback.outcome !== 'refused' || postback.answerStatus !== 401) return null;
  if (postback.body === null) return 'body';
  if (postback.bodyHash !== null) return 'rest';
  return isSignedInHeaders(postback.provider) && postback.request === null ? 'signature' : null;
}

/** One step, bounded in time: who asks goes on while something is left. Null: no such project, or not theirs to check. */
export async function recheckRefused(
  access: Access,
  projectId: string,
  { limitMs = LIMIT_MS, batch = BATCH }: RecheckOptions = {},
): Promise<RechecksDone | null> {
  if (!may(access, 'recheckRefused') || !maySeeProject(access, projectId)) return null;
  const until = Date.now() + limitMs;
  const by = access.staffId;
  const project = await findProjectById(projectId, new Date());
  const provider = project && getProvider(project.provider);
  if (!project || !provider) return null;
  const database = await getDatabase();
  const [taken] = await database.run<{ until: string; at: string }>(TAKE, [project.id]);
  const done = { busy: !taken, checked: 0, accepted: 0, incomplete: 0 };
  try {
    while (taken && (done.checked === 0 || Date.now() < until)) {
      const rows = await database.run<RefusedRow>(NEXT, [...scopeOf(project), String(batch)]);
      if (rows.length === 0) break;
      // Read for each batch: a secret that is saved meanwhile verifies what is left.
      const { secrets } = (await findProjectById(project.id, new Date())) ?? project;
      const place = { database, project: { ...project, secrets }, provider };
      const { checked, accepted, incomplete, failures } = await recheckBatch(place, rows, { by, at: taken.at });
      done.checked += checked;
      done.accepted += accepted;
      done.incomplete += incomplete;
      announce();
      if (failures.length > 0) throw failures[0];
    }
  } finally {
    if (taken) {
      const { checked, accepted, incomplete } = done;
      const detail = { checked, accepted, incomplete, refused: checked - accepted - incomplete };
      const act = checked > 0 ? JSON.stringify(detail) : null;
      await database.run(RELEASE, [project.id, taken.until, act, ...actorOf(access)]);
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
  | { readonly result: 'refused'; readonly document: { readonly id: string; readonly reason: string | null } }
  | { readonly result: 'incomplete'; readonly document: { readonly id: string; readonly reason: string } }
  | { readonly result: 'authentic'; readonly entry: VerifiedPostback };

interface BatchDone extends Pick<RechecksDone, 'checked' | 'accepted' | 'incomplete'> {
  /** Why some could not be written; those are as they were, and the next step takes them again. */
  readonly failures: readonly unknown[];
}

/** Resolves only when nothing is being written any more: the lease must outlast every write. */
async function recheckBatch(place: Place, rows: readonly RefusedRow[], recheck: Recheck): Promise<BatchDone> {
  const { database, project } = place;
  const results = await Promise.all(rows.map((row) => verifyOrKeep(row, place, recheck)));
  const failures: unknown[] = [];
  const isWritten = async (write: Promise<unknown>, requestId?: string): Promise<boolean> => {
    try {
      await write;
      return true;
    } catch (error) {
      log('error', 'Checked refused postbacks could not be written', { projectId: project.id, requestId, error });
      failures.push(error);
      return false;
    }
  };
  // Handed over in order of receipt, in which those of one invoice are then taken.
  const entries = results.flatMap((one) => (one.result === 'authentic' ? [one.entry] : []));
  const recorded = await Promise.all(entries.map((entry) => isWritten(record(entry, database), entry.arrival.id)));
  const accepted = recorded.filter(Boolean).length;
  let incomplete = 0;
  for (const one of results) {
    if (one.result !== 'incomplete') continue;
    const parameters = [JSON.stringify([one.document]), recheck.by, recheck.at];
    if (await isWritten(database.run(COMPLETE, parameters), one.document.id)) incomplete += 1;
  }
  const refused = results.flatMap((one) => (one.result === 'refused' ? [one.document] : []));
  const secretIds = project.secrets.map(({ id }) => id);
  const parameters = [JSON.stringify(refused), recheck.by, recheck.at, secretIds];
  const isRefused = refused.length > 0 && (await isWritten(database.run(REFUSE, parameters)));
  return { checked: accepted + incomplete + (isRefused ? refused.length : 0), accepted, incomplete, failures };
}

/** One that cannot be read, as where its encryption key is gone, must not hold up those after it: it stays refused. */
async function verifyOrKeep(row: RefusedRow, place: Place, recheck: Recheck): Promise<Rechecked> {
  try {
    return await verifyAgain(row, place, recheck);
  } catch (error) {
    log('error', 'A refused postback could not be checked again', {
      projectId: place.project.id,
      requestId: row.id,
      error,
    });
    return { result: 'refused', document: { id: row.id, reason: null } };
  }
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
