import { z } from 'zod';

/** A backup that is none, is damaged, or does not fit; the message is a sentence. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

/** The entries of a backup: this one first, then the secrets where they are generated, the database, the sums last. */
export const MANIFEST = 'tillbell-backup.json';
export const SECRETS = 'secrets.json';
export const FOLDER = 'db/';
export const SUMS = 'SHA256SUMS';

/** Rises when a backup can no longer be read by what came before. */
const VERSION = 1;

const manifestSchema = z.object({
  format: z.literal('tillbell-backup'),
  version: z.number().int(),
  createdAt: z.string(),
  /** When the newest migration of the database was made, in milliseconds. */
  schema: z.string().regex(/^\d+$/),
  /** Ids of the keys that sealed what is in it. */
  keys: z.array(z.string()),
  keysIncluded: z.boolean(),
});

export type Manifest = z.infer<typeof manifestSchema>;

export function makeManifest(facts: Omit<Manifest, 'format' | 'version'>): Manifest {
  return { format: 'tillbell-backup', version: VERSION, ...facts };
}

/** `newestSchema`: the newest migration that this program knows. */
export function readManifest(text: string, newestSchema: number): Manifest {
  const { success, data } = manifestSchema.safeParse(parsed(text));
  if (!success) throw new BackupRefused('This is not a backup of Tillbell.');
  if (data.version > VERSION || Number(data.schema) > newestSchema) {
    throw new BackupRefused('This backup was made by a newer version of Tillbell: update before restoring it.');
  }
  return data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
