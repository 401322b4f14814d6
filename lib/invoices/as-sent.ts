import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import { isFields } from '@/lib/body';
import { databaseFor } from '@/lib/db/client';
import { postbacks } from '@/lib/db/schema';
import { isList } from '@/lib/json';
import { withoutPeople } from '@/lib/personal';
import { inProjects } from '@/lib/projects/scope';
import { getProvider } from '@/lib/providers';
import { asSent } from '@/lib/providers/as-sent';
import type { Fields, Provider, Value } from '@/lib/providers/provider';
import { type Access, may } from '@/lib/staff/access';
import { open } from '@/lib/vault';

/** A form body has no details and a later one may say less, so a few are looked at. */
const BODIES = 4;

async function selectBodies(access: Access, invoiceId: string) {
  const { orm } = await databaseFor(access);
  return orm
    .select({
      id: postbacks.id,
      at: postbacks.receivedAt,
      body: postbacks.body,
      encryptionKeyId: postbacks.encryptionKeyId,
    })
    .from(postbacks)
    .where(
      and(
        eq(postbacks.invoiceId, invoiceId),
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

/** What a postback said beyond all we understand, with people masked, or left out for those who may not see people. */
export interface AsSent {
  readonly postbackId: string;
  readonly at: string;
  readonly fields: Fields;
  /** The provider's anti-money-laundering checks; null where none were sent. */
  readonly amlChecks: Value | null;
}

/** From the latest postback that says anything; null where the bytes are gone or nothing is left over. */
export async function readAsSent(access: Access, invoiceId: string, providerId: string): Promise<AsSent | null> {
  const provider = getProvider(providerId);
  if (!provider) return null;
  for (const row of await selectBodies(access, invoiceId)) {
    const rest = restOf(access, provider, row);
    if (rest && Object.keys(rest).length > 0) {
      const { fields, amlChecks } = withoutAml(rest);
      return { postbackId: row.id, at: row.at, fields, amlChecks };
    }
  }
  return null;
}

function restOf(access: Access, provider: Provider, { id, body, encryptionKeyId }: Sealed): Fields | null {
  if (!body || !encryptionKeyId) return null;
  const decoded = provider.decode(open({ sealed: body, keyId: encryptionKeyId }, `postbacks:${id}`));
  if (!decoded.ok) return null;
  // The merchant's own metadata and fields that are new to us can name people too.
  const rest = asSent(decoded.fields, [...provider.understood, 'token']);
  return withoutPeople(rest, may(access, 'seePeople') ? 'masked' : 'left out');
}

/** The shape of a check is documented nowhere, so it is shown as it came, in a place of its own. */
function withoutAml(rest: Fields): Pick<AsSent, 'fields' | 'amlChecks'> {
  const details = rest.invoice_info;
  if (!isFields(details) || !Object.hasOwn(details, 'aml_checks')) return { fields: rest, amlChecks: null };
  const { aml_checks: amlChecks = null, ...others } = details;
  const empty = amlChecks === null || amlChecks === '' || (isList(amlChecks) && amlChecks.length === 0);
  const { invoice_info: _, ...top } = rest;
  const fields = Object.keys(others).length > 0 ? { ...top, invoice_info: others } : top;
  return { fields, amlChecks: empty ? null : amlChecks };
}
