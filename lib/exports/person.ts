import type { PeopleField } from '@/lib/providers/provider';
import { open } from '@/lib/vault';

/** People's data of one invoice as far as a file has columns for it. */
export type Person = Readonly<Partial<Record<PeopleField, string>>>;

/** Selected only for files with people; null everywhere else. */
export interface PeopleColumns {
  readonly invoice_id: string | null;
  /** PostgreSQL's hexadecimal text. */
  readonly people: string | null;
  readonly key_id: string | null;
}

const NOBODY: Person = {};

export function readPerson({ invoice_id, people, key_id }: PeopleColumns): Person {
  if (invoice_id === null || people === null || key_id === null) return NOBODY;
  const sealed = Buffer.from(people.slice(2), 'hex');
  const text = new TextDecoder().decode(open({ sealed, keyId: key_id }, `invoices:${invoice_id}`));
  // Kept as `{field: {v, r}}`, the value and how well it is believed.
  const kept: Partial<Record<PeopleField, { readonly v: string }>> = JSON.parse(text);
  return Object.fromEntries(Object.entries(kept).map(([field, known]) => [field, known?.v]));
}
