import { and, desc, eq, inArray, lt, lte, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { isFields } from '@/lib/body';
import { databaseFor } from '@/lib/db/client';
import { postbacks, projects } from '@/lib/db/schema';
import { type FieldRules, fieldRules } from '@/lib/field-rules';
import { inProjects } from '@/lib/projects/scope';
import { getProvider } from '@/lib/providers';
import type { Fields } from '@/lib/providers/provider';
import { type Access, may } from '@/lib/staff/access';
import { open } from '@/lib/vault';
import { type BodyDiff, diffBodies } from './body-diff';
import { findPostback, type PostbackDetail } from './queries';
import { type RawBody, readRawBody } from './shown-body';

export interface ShownBody {
  readonly id: string;
  readonly receivedAt: string;
  readonly body: RawBody;
}

export interface ComparedBodies {
  /** Earlier first where there are two. */
  readonly bodies: readonly ShownBody[];
  /** Null where there is only one, or one of them cannot be read. */
  readonly diff: BodyDiff | null;
}

/** One raw body of an invoice or two of them beside each other; every look is written down. Null for whom they are not. */
export async function readBodiesOf(
  access: Access,
  invoiceId: string,
  ids: readonly string[],
): Promise<ComparedBodies | null> {
  if (!may(access, 'seeRawBody')) return null;
  const found = await Promise.all([...new Set(ids)].slice(0, 2).map((id) => findPostback(access, id)));
  const own = found.filter((postback) => postback?.invoiceId === invoiceId).filter((postback) => postback !== null);
  const chosen = own.sort(earlierFirst);
  const bodies: ShownBody[] = [];
  for (const postback of chosen) {
    const body = await readRawBody(access, postback);
    bodies.push({ id: postback.id, receivedAt: postback.receivedAt, body });
  }
  const [before, after] = chosen.map(decode);
  const masking = may(access, 'seeRawBodyUnmasked') || !chosen[0] ? 'token' : rulesOf(chosen[0]);
  return { bodies, diff: before && after && masking ? diffBodies(before, after, masking) : null };
}

/** Of larger bodies a timeline does not say what differs: a page has up to 25 of them. */
const MAX_COMPARED_BYTES = 64 * 1024;

/** In what each of these postbacks differs from the one before it of the same invoice, where both have their bodies; people are masked. */
export async function diffsFromPrevious(
  access: Access,
  ids: readonly string[],
): Promise<ReadonlyMap<string, BodyDiff>> {
  if (!may(access, 'seePostbacks') || ids.length === 0) return new Map();
  const previous = await selectPrevious(access, ids);
  const rows = await selectBodies(access, [...ids, ...previous.map((row) => row.previousId)]);
  const bodies = new Map(rows.map((row) => [row.id, row]));
  const diffs = new Map<string, BodyDiff>();
  for (const { id, previousId } of previous) {
    const [before, after] = [previousId, id].map((each) => bodies.get(each));
    const [left, right] = [before, after].map((row) => (row ? decode(row) : null));
    const rules = after && rulesOf(after);
    if (left && right && rules) diffs.set(id, diffBodies(left, right, rules));
  }
  return diffs;
}

async function selectPrevious(
  access: Access,
  ids: readonly string[],
): Promise<readonly { readonly id: string; readonly previousId: string }[]> {
  const { orm } = await databaseFor(access);
  const earlier = alias(postbacks, 'earlier');
  const previousId = sql<string | null>`(${orm
    .select({ id: earlier.id })
    .from(earlier)
    .where(and(eq(earlier.invoiceId, postbacks.invoiceId), lt(earlier.position, postbacks.position)))
    .orderBy(desc(earlier.position))
    .limit(1)})`;
  const rows = await orm
    .select({ id: postbacks.id, previousId })
    .from(postbacks)
    .where(and(inArray(postbacks.id, [...ids]), inProjects(access, postbacks.projectId)));
  return rows.flatMap((row) => (row.previousId === null ? [] : [{ id: row.id, previousId: row.previousId }]));
}

async function selectBodies(access: Access, ids: readonly string[]) {
  const { orm } = await databaseFor(access);
  return orm
    .select({
      id: postbacks.id,
      body: postbacks.body,
      encryptionKeyId: postbacks.encryptionKeyId,
      provider: projects.provider,
      plainMetadata: projects.plainMetadata,
    })
    .from(postbacks)
    .innerJoin(projects, eq(projects.id, postbacks.projectId))
    .where(
      and(
        inArray(postbacks.id, [...new Set(ids)]),
        lte(postbacks.bodySize, MAX_COMPARED_BYTES),
        inProjects(access, postbacks.projectId),
      ),
    );
}

function rulesOf({ provider, plainMetadata }: Pick<PostbackDetail, 'provider' | 'plainMetadata'>): FieldRules | null {
  const known = getProvider(provider);
  return known ? fieldRules(known, plainMetadata) : null;
}

/** Two of one moment in the order in which they were taken in. */
function earlierFirst(a: PostbackDetail, b: PostbackDetail): number {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt < b.receivedAt ? -1 : 1;
  return (a.position ?? 0) - (b.position ?? 0);
}

function decode({
  id,
  body,
  encryptionKeyId,
  provider,
}: Pick<PostbackDetail, 'id' | 'body' | 'encryptionKeyId' | 'provider'>): Fields | null {
  if (!body || !encryptionKeyId) return null;
  const bytes = open({ sealed: body, keyId: encryptionKeyId }, `postbacks:${id}`);
  const decoded = getProvider(provider)?.decode(bytes);
  return decoded?.ok && isFields(decoded.fields) ? decoded.fields : null;
}
