import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A data folder that cannot be used as it is; the message says in a sentence why, and what to do. */
export class DataFolderUnusable extends Error {
  override readonly name = 'DataFolderUnusable';
}

const FORBIDDEN =
  'this user may not write to it: give it to the user who runs Tillbell (chown), or set DATA_DIR to another one';
const FULL = 'its disk is full';
const NO_FOLDER = 'it is not a folder: set DATA_DIR to one';

const WHY: Readonly<Record<string, string>> = {
  EACCES: FORBIDDEN,
  EPERM: FORBIDDEN,
  EROFS: 'its disk can only be read: mount it for writing, or set DATA_DIR to another one',
  ENOSPC: FULL,
  EDQUOT: FULL,
  ENOTDIR: NO_FOLDER,
  EEXIST: NO_FOLDER,
  ELOOP: NO_FOLDER,
};

/** What a file system threw about the data folder, as a sentence where it has one. */
export function ofFolder(dataDir: string, error: unknown): unknown {
  const why = error instanceof Error && 'code' in error ? WHY[String(error.code)] : undefined;
  if (why === undefined) return error;
  return new DataFolderUnusable(`The data folder ${dataDir} cannot be used: ${why}.`, { cause: error });
}

const secretsSchema = z.object({
  authSecret: z.string().min(32),
  encryptionKey: z.string().min(1),
  /** Keys that still seal something, while a rotation is under way. */
  previousEncryptionKeys: z.array(z.string().min(1)).optional(),
});

type GeneratedSecrets = z.infer<typeof secretsSchema>;

/**
 * The secrets of an embedded deployment, made on first use. The file is written beside and linked into place, so that
 * of two processes that start at once one wins whole and the other reads what it wrote.
 */
export function generatedSecrets(dataDir: string): GeneratedSecrets {
  try {
    return readOrMake(dataDir);
  } catch (error) {
    throw ofFolder(dataDir, error);
  }
}

function readOrMake(dataDir: string): GeneratedSecrets {
  const path = pathOf(dataDir);
  const present = readSecrets(path);
  if (present !== null) return present;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = join(dataDir, `secrets.${process.pid}.${randomBytes(4).toString('hex')}.json`);
  writeDurably(draft, `${JSON.stringify(makeSecrets(), null, 2)}\n`);
  try {
    publish(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
  syncFolder(dataDir);
  const made = readSecrets(path);
  if (made === null) throw new Error(`${path} was written and is not there.`);
  return made;
}

function pathOf(dataDir: string): string {
  return join(dataDir, 'secrets.json');
}

/** A new key in front of the one so far; a rotation that is under way goes on with its own. For who holds the folder's lock. */
export function startRotation(dataDir: string): 'started' | 'resumed' {
  const { encryptionKey, previousEncryptionKeys = [], ...rest } = generatedSecrets(dataDir);
  if (previousEncryptionKeys.length > 0) return 'resumed';
  replace(dataDir, { ...rest, encryptionKey: makeSecrets().encryptionKey, previousEncryptionKeys: [encryptionKey] });
  return 'started';
}

/** Forgets the previous keys: nothing is sealed with them any more. */
export function finishRotation(dataDir: string): void {
  const { authSecret, encryptionKey } = generatedSecrets(dataDir);
  replace(dataDir, { authSecret, encryptionKey });
}

/**
 * The secrets of a backup in the place of those that are here. `both`: what is here now still opens what it sealed, until
 * the database of the backup is in its place too.
 */
export function restoreSecrets(dataDir: string, text: string, both: boolean): void {
  const restored = secretsSchema.parse(JSON.parse(text));
  const current = both ? readSecrets(pathOf(dataDir)) : null;
  const former = current ? [current.encryptionKey, ...(current.previousEncryptionKeys ?? [])] : [];
  const previous = [...(restored.previousEncryptionKeys ?? []), ...former];
  const others = [...new Set(previous)].filter((key) => key !== restored.encryptionKey);
  replace(dataDir, { ...restored, previousEncryptionKeys: others.length > 0 ? others : undefined });
}

/** A copy of the secrets in another folder, where there are any. */
export function copySecrets(dataDir: string, folder: string): void {
  const secrets = readSecrets(pathOf(dataDir));
  if (secrets !== null) replace(folder, secrets);
}

/** Whole or not at all, also when the power fails: what the file held opens what is in the database. */
function replace(dataDir: string, secrets: GeneratedSecrets): void {
  const path = pathOf(dataDir);
  const draft = join(dataDir, `secrets.${process.pid}.${randomBytes(4).toString('hex')}.json`);
  writeDurably(draft, `${JSON.stringify(secrets, null, 2)}\n`);
  renameSync(draft, path);
  syncFolder(dataDir);
}

function makeSecrets(): GeneratedSecrets {
  return { authSecret: randomBytes(32).toString('base64'), encryptionKey: randomBytes(32).toString('base64') };
}

function readSecrets(path: string): GeneratedSecrets | null {
  try {
    return secretsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    if (error instanceof Error && 'code' in error) throw error;
    // Never replaced by new ones: what the old key sealed would be lost.
    throw new DataFolderUnusable(
      `${path} is damaged, and what it sealed opens with nothing else: put it back from a copy, or move it away and restore a backup (npm run --silent admin -- restore --from FILE --overwrite).`,
      { cause: error },
    );
  }
}

function writeDurably(path: string, text: string): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function publish(draft: string, path: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return;
    // A file system without hard links; the copy is exclusive too, only not whole at once.
    copyFileSync(draft, path, constants.COPYFILE_EXCL);
  }
}

function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
