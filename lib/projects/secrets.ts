import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { getDatabase, type Statement } from '@/lib/db/client';
import type { Credential, Signer } from '@/lib/providers/provider';
import { open, seal } from '@/lib/vault';

const credentialSchema = z.object({ verify: z.string(), sign: z.string().nullable() });

export interface SealedSecret {
  readonly id: string;
  readonly signer: Signer;
  readonly sealed: Uint8Array;
  readonly keyId: string;
  readonly hint: string;
}

/** Project and row are bound in, so that a sealed secret moved to another project or row does not open. */
export function secretOwner(projectId: string, id: string): string {
  return `projects:${projectId}:project_secrets:${id}`;
}

/** How it was bound before the project was; a rotation of the key seals these anew. */
export function formerSecretOwner(id: string): string {
  return `project_secrets:${id}`;
}

export function sealSecret(projectId: string, signer: Signer, credential: Credential, hint: string): SealedSecret {
  const id = randomUUID();
  const { sealed, keyId } = seal(JSON.stringify(credential), secretOwner(projectId, id));
  return { id, signer, sealed, keyId, hint };
}

/** What a statement returns of one secret; bytes as base64, which every driver hands over alike. */
export interface SecretRow {
  readonly id: string;
  readonly secret_project_id: string;
  readonly signer: Signer;
  readonly sealed: string;
  readonly key_id: string;
}

/** The columns of a `SecretRow`, of `project_secrets s`. */
export const SECRET_COLUMNS = `s.id::text as id, s.project_id::text as secret_project_id, s.signer, encode(s.sealed, 'base64') as sealed, s.encryption_key_id as key_id`;

export function openSecret(row: SecretRow): Credential {
  const plain = openBytes(row);
  return credentialSchema.parse(JSON.parse(new TextDecoder().decode(plain)));
}

function openBytes({ id, secret_project_id: projectId, sealed, key_id: keyId }: SecretRow): Uint8Array {
  const content = { sealed: Buffer.from(sealed, 'base64'), keyId };
  try {
    return open(content, secretOwner(projectId, id));
  } catch (error) {
    // The first words are the better ones where neither opens.
    try {
      return open(content, formerSecretOwner(id));
    } catch {
      throw error;
    }
  }
}

const A_SECRET: Statement = {
  // Asked before the port is open: the first postback then has a connection.
  budget: 'postbacks',
  name: null,
  text: `select ${SECRET_COLUMNS} from project_secrets s order by s.created_at desc limit 1`,
};

/** Throws a `VaultError` that says which key is missing, where the keys at hand do not open what is stored. */
export async function checkKeys(): Promise<void> {
  const database = await getDatabase();
  const [row] = await database.run<SecretRow>(A_SECRET, []);
  if (row) openSecret(row);
}
