import { keyedDigest } from '@/lib/crypto';
import type { Database } from '@/lib/db/client';
import { DIGEST_KEY_COLUMNS, digestKeyOf, type SealedDigestKey } from '@/lib/projects/digest-key';

/** How often each. */
export type Contents = ReadonlyMap<string, number>;

/** Contents as the ledger knows them: the digest of each, keyed with the key of its project. */
export async function keyedContents(database: Database, contents: Contents): Promise<Contents> {
  const rows = await database.run<SealedDigestKey & { id: string }>(
    {
      name: null,
      text: `select p.id::text as id, ${DIGEST_KEY_COLUMNS} from projects p where p.digest_key is not null`,
    },
    [],
  );
  const keys = new Map(await Promise.all(rows.map(async (row) => [row.id, await digestKeyOf(row.id, row)] as const)));
  return new Map(
    [...contents].map(([content, times]) => {
      const [project = '', digest = ''] = content.split(' ');
      const key = keys.get(project);
      // A project that never took a postback has no key, and none of these is in the ledger.
      return [key ? keyedDigest(key, digest) : content, times];
    }),
  );
}
