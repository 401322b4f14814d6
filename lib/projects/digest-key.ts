import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { getDatabase, type Statement } from '@/lib/db/client';
import { open, seal } from '@/lib/vault';

/**
 * What a postback says is recognised by a digest, in the clear, of a body that holds people's data. Keyed, nobody with a
 * copy of the database alone can find a phone by trying all of them. The key itself stays, sealed, when ENCRYPTION_KEY
 * changes, because digests of bodies that are gone could not be made again.
 */

const KEY_BYTES = 32;

/** What the row of a project holds of it; bytes as base64. */
export interface SealedDigestKey {
  readonly digest_key: string | null;
  readonly digest_key_id: string | null;
}

/** The columns of a `SealedDigestKey`, of `projects p`. */
export const DIGEST_KEY_COLUMNS = `encode(p.digest_key, 'base64') as digest_key, p.encryption_key_id as digest_key_id`;

export function digestKeyOwner(projectId: string): string {
  return `projects:${projectId}:digest_key`;
}

/** The project's key, made with its first postback. */
export async function digestKeyOf(projectId: string, row: SealedDigestKey): Promise<KeyObject> {
  const { digest_key: sealed, digest_key_id: keyId } = row.digest_key === null ? await make(projectId) : row;
  if (sealed === null || keyId === null) throw new Error(`Project ${projectId} went while its digest key was made`);
  return createSecretKey(open({ sealed: Buffer.from(sealed, 'base64'), keyId }, digestKeyOwner(projectId)));
}

const KEEP: Statement = {
  budget: 'postbacks',
  name: 'keep_digest_key',
  text: `
    update projects set digest_key = $2::bytea, encryption_key_id = $3::text
    where id = $1::uuid and digest_key is null`,
};

const READ: Statement = {
  budget: 'postbacks',
  name: 'read_digest_key',
  text: `select ${DIGEST_KEY_COLUMNS} from projects p where p.id = $1::uuid`,
};

/** Of two processes that make one at once, both get the first's. */
async function make(projectId: string): Promise<SealedDigestKey> {
  const database = await getDatabase();
  const { sealed, keyId } = seal(randomBytes(KEY_BYTES), digestKeyOwner(projectId));
  await database.run(KEEP, [projectId, sealed, keyId]);
  const [row] = await database.run<SealedDigestKey>(READ, [projectId]);
  return row ?? { digest_key: null, digest_key_id: null };
}
