import { requestOwner } from '@/lib/postbacks/request';
import { digestKeyOwner } from '@/lib/projects/digest-key';
import { formerSecretOwner, secretOwner } from '@/lib/projects/secrets';
import { emailTerm, phoneTerms } from '@/lib/search/secret-terms';
import { KINDS } from '@/lib/search/terms';
import { secondFactorOwner } from '@/lib/staff/second-factor';

/** A row with something sealed, as a rotation reads it; bytes as base64. */
export interface SealedRow {
  readonly id: string;
  readonly sealed: string;
  readonly key_id: string;
  /** The project's id, where it is bound in. */
  readonly project_id: string | null;
}

/** One column of the database that is encrypted. Every column that says which key sealed a row is named here once. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The column that says which key sealed it. */
  readonly keyId: 'encryption_key_id' | 'request_key_id';
  /** What names a row. */
  readonly key: 'id' | 'staff_id';
  /** How many rows go in one statement. */
  readonly batch: number;
  readonly bindsProject: boolean;
  /** What it is bound to, the present way first; others only open. */
  owners(row: SealedRow): readonly [string, ...string[]];
  /** Lexemes of `search` that a keyed hash of the content made, under the current key. */
  terms?(plain: Uint8Array): readonly string[];
}

export const SEALED_COLUMNS: readonly SealedColumn[] = [
  {
    table: 'project_secrets',
    column: 'sealed',
    keyId: 'encryption_key_id',
    key: 'id',
    batch: 100,
    bindsProject: true,
    owners: ({ id, project_id: projectId }) => [secretOwner(projectId ?? '', id), formerSecretOwner(id)],
  },
  {
    table: 'projects',
    column: 'digest_key',
    keyId: 'encryption_key_id',
    key: 'id',
    batch: 100,
    bindsProject: false,
    owners: ({ id }) => [digestKeyOwner(id)],
  },
  {
    table: 'invoices',
    column: 'people',
    keyId: 'encryption_key_id',
    key: 'id',
    batch: 200,
    bindsProject: false,
    owners: ({ id }) => [`invoices:${id}`],
    terms: hashedTerms,
  },
  {
    table: 'postbacks',
    column: 'body',
    keyId: 'encryption_key_id',
    key: 'id',
    batch: 100,
    bindsProject: false,
    owners: ({ id }) => [`postbacks:${id}`],
  },
  {
    table: 'postbacks',
    column: 'request',
    keyId: 'request_key_id',
    key: 'id',
    batch: 200,
    bindsProject: false,
    owners: ({ id }) => [requestOwner(id)],
  },
  {
    table: 'second_factors',
    column: 'sealed',
    keyId: 'encryption_key_id',
    key: 'staff_id',
    batch: 100,
    bindsProject: false,
    owners: ({ id }) => [secondFactorOwner(id)],
  },
];

/** Beginnings of lexemes that are keyed hashes. */
export const HASHED_KINDS = [KINDS.phone, KINDS.email] as const;

interface KeptPeople {
  readonly client_phone?: { readonly v: string };
  readonly recipient_phone?: { readonly v: string };
  readonly client_email?: { readonly v: string };
}

function hashedTerms(plain: Uint8Array): readonly string[] {
  const people: KeptPeople = JSON.parse(new TextDecoder().decode(plain));
  const phones = [people.client_phone, people.recipient_phone].flatMap((phone) => (phone ? phoneTerms(phone.v) : []));
  return [...phones, ...(people.client_email ? [emailTerm(people.client_email.v)] : [])];
}
