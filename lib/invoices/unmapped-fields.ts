import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { recordAct } from '@/lib/audit/record';
import { databaseFor } from '@/lib/db/client';
import { postbacks, projects } from '@/lib/db/schema';
import { type FieldRules, fieldRules } from '@/lib/field-rules';
import { inProjects } from '@/lib/projects/scope';
import { getProvider } from '@/lib/providers';
import type { Fields } from '@/lib/providers/provider';
import { unmappedFields } from '@/lib/providers/unmapped-fields';
import { type Access, may } from '@/lib/staff/access';
import { open } from '@/lib/vault';
import { type SentLine, sentLines, sentTextAt } from './sent-lines';

/** A form body has no details and a later one may say less, so a few are looked at. */
const BODIES = 4;

async function selectBodies(access: Access, invoiceId: string, postbackId: string | null) {
  const { orm } = await databaseFor(access);
  return orm
    .select({
      id: postbacks.id,
      at: postbacks.receivedAt,
      body: postbacks.body,
      encryptionKeyId: postbacks.encryptionKeyId,
      projectId: postbacks.projectId,
      provider: projects.provider,
      plainMetadata: projects.plainMetadata,
    })
    .from(postbacks)
    .innerJoin(projects, eq(projects.id, postbacks.projectId))
    .where(
      and(
        eq(postbacks.invoiceId, invoiceId),
        postbackId === null ? undefined : eq(postbacks.id, postbackId),
        inProjects(access, postbacks.projectId),
        eq(postbacks.outcome, 'accepted'),
        isNull(postbacks.duplicateOf),
        isNotNull(postbacks.body),
      ),
    )
    .orderBy(desc(postbacks.receivedAt), desc(postbacks.position))
    .limit(BODIES);
}

type Sealed = Awaited<ReturnType<typeof selectBodies>>[number];

/** What a postback said beyond all we understand, as far as this member may see it. */
export interface UnmappedFields {
  readonly postbackId: string;
  readonly at: string;
  readonly lines: readonly SentLine[];
  /** The provider's anti-money-laundering checks, whose shape is documented nowhere; empty where none were sent. */
  readonly amlChecks: readonly SentLine[];
}

/** From the latest postback that says anything; null where the bytes are gone or nothing is left over. */
export async function readUnmappedFields(access: Access, invoiceId: string): Promise<UnmappedFields | null> {
  for (const row of await selectBodies(access, invoiceId, null)) {
    const rest = restOf(row);
    if (rest === null || Object.keys(rest.fields).length === 0) continue;
    const lines = sentLines(rest.fields, rest.rules, may(access, 'seePeople') ? 'masked' : 'left out');
    return { postbackId: row.id, at: row.at, ...lines };
  }
  return null;
}

/** One masked line in plain text; who looked is written down before it is given. Null: there is none for this member. */
export async function revealUnmappedField(
  access: Access,
  invoiceId: string,
  postbackId: string,
  pointer: string,
): Promise<string | null> {
  if (!may(access, 'seePeople')) return null;
  const [row] = await selectBodies(access, invoiceId, postbackId);
  const rest = row ? restOf(row) : null;
  const found = rest && sentTextAt(rest.fields, rest.rules, pointer);
  if (!row || !found) return null;
  await recordAct(access, {
    action: 'invoice.reveal_field',
    projectId: row.projectId,
    object: invoiceId,
    detail: { postback: postbackId, field: found.shownPath },
  });
  return found.text;
}

function restOf({ id, body, encryptionKeyId, provider, plainMetadata }: Sealed): Rest | null {
  const known = getProvider(provider);
  if (!known || !body || !encryptionKeyId) return null;
  const decoded = known.decode(open({ sealed: body, keyId: encryptionKeyId }, `postbacks:${id}`));
  if (!decoded.ok) return null;
  return {
    fields: unmappedFields(decoded.fields, [...known.understood, 'token']),
    rules: fieldRules(known, plainMetadata),
  };
}

interface Rest {
  readonly fields: Fields;
  readonly rules: FieldRules;
}
