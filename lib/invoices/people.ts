import { and, eq } from 'drizzle-orm';
import { recordAct } from '@/lib/audit/record';
import { databaseFor } from '@/lib/db/client';
import { invoices } from '@/lib/db/schema';
import { maskPerson } from '@/lib/people';
import { inProjects } from '@/lib/projects/scope';
import { PEOPLE_FIELDS, type People, type PeopleField } from '@/lib/providers/provider';
import { type Access, may } from '@/lib/staff/access';
import { open } from '@/lib/vault';

export interface Person {
  readonly field: PeopleField;
  readonly masked: string;
}

interface Sealed {
  readonly people: Uint8Array | null;
  readonly encryptionKeyId: string | null;
}

/** What stands on the page for whoever may know that it is there. */
export function maskedPeople(access: Access, invoiceId: string, sealed: Sealed): readonly Person[] {
  if (!may(access, 'seePeople')) return [];
  const people = openPeople(invoiceId, sealed);
  return PEOPLE_FIELDS.flatMap((field) => {
    const value = people[field];
    return value ? [{ field, masked: maskPerson(field, value) }] : [];
  });
}

/** Kept as `{field: {v, r}}`, the value and how well it is believed. */
function openPeople(invoiceId: string, { people, encryptionKeyId }: Sealed): People {
  if (!people || !encryptionKeyId) return {};
  const text = new TextDecoder().decode(open({ sealed: people, keyId: encryptionKeyId }, `invoices:${invoiceId}`));
  const kept = JSON.parse(text) as Partial<Record<PeopleField, { readonly v: string }>>;
  return Object.fromEntries(Object.entries(kept).map(([field, known]) => [field, known.v]));
}

async function selectPeople(access: Access, invoiceId: string) {
  const { orm } = await databaseFor(access);
  return orm
    .select({ people: invoices.people, encryptionKeyId: invoices.encryptionKeyId, projectId: invoices.projectId })
    .from(invoices)
    .where(and(eq(invoices.id, invoiceId), inProjects(access, invoices.projectId)))
    .limit(1);
}

/** One value in plain text; who looked is written down before it is given. Null: there is none for this person. */
export async function revealPerson(access: Access, invoiceId: string, field: PeopleField): Promise<string | null> {
  if (!may(access, 'seePeople')) return null;
  const [found] = await selectPeople(access, invoiceId);
  const value = found && openPeople(invoiceId, found)[field];
  if (!found || !value) return null;
  await recordAct(access, {
    action: 'invoice.reveal_person',
    projectId: found.projectId,
    object: invoiceId,
    detail: { field },
  });
  return value;
}
