import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimes,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

/** Somebody else has the data folder; the message is a sentence that says who. */
export class DataFolderLocked extends Error {
  override readonly name = 'DataFolderLocked';
}

export interface FolderLock {
  release(): void;
}

const ownerSchema = z.object({
  pid: z.number().int(),
  /** When that process started; a process id alone is soon somebody else's. */
  started: z.string(),
  /** Where the process id means something: this boot, this container. */
  space: z.string(),
  host: z.string(),
  released: z.boolean(),
});

type Owner = z.infer<typeof ownerSchema>;

interface Claim {
  readonly number: number;
  readonly path: string;
}

const BEAT_MS = 5_000;
const SILENCE_MS = 30_000;

const LOOK_MS = 250;

/**
 * Makes this process the only one on `dataDir`, or throws DataFolderLocked. An owner whom it cannot see, in another container, it waits for:
 * one that lives gives a sign within seconds, one that was killed stays silent and is followed. Claims are numbered files in `dataDir/lock`;
 * the highest is in force. A claim is only ever followed by the next number, made exclusively, and the highest is never
 * removed, so of two processes that both find a dead owner one gets the next number.
 */
export async function lockFolder(dataDir: string, say: (line: string) => void = onStandardError): Promise<FolderLock> {
  const folder = join(dataDir, 'lock');
  mkdirSync(folder, { recursive: true });
  for (;;) {
    const last = claims(folder).at(0);
    const owner = last && readOwner(last.path);
    if (last && owner && (await isAlive(owner, last.path, () => say(waiting(dataDir, owner))))) {
      throw new DataFolderLocked(sentence(dataDir, owner));
    }
    const path = join(folder, String((last?.number ?? 0) + 1));
    if (claim(folder, path)) return hold(folder, path);
  }
}

/** Highest first. */
function claims(folder: string): Claim[] {
  return readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ number: Number(name), path: join(folder, name) }))
    .sort((a, b) => b.number - a.number);
}

/** True when `path` is ours and nobody went past it; a slow taker may fill a gap that a later owner left behind. */
function claim(folder: string, path: string): boolean {
  const draft = writeDraft(folder, me(false));
  try {
    linkSync(draft, path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const [highest, ...lower] = claims(folder);
  if (highest?.path !== path) {
    rmSync(path, { force: true });
    return false;
  }
  for (const { path: old } of lower) rmSync(old, { force: true });
  return true;
}

function writeDraft(folder: string, owner: Owner): string {
  const path = join(folder, `${randomBytes(8).toString('hex')}.draft`);
  writeFileSync(path, JSON.stringify(owner));
  return path;
}

function hold(folder: string, path: string): FolderLock {
  // Who cannot see our process (another container) sees that the file is fresh.
  const beat = setInterval(() => {
    const now = new Date();
    // A folder that somebody removed has nobody left to tell.
    utimes(path, now, now, () => {});
  }, BEAT_MS).unref();
  let held = true;
  const release = (): void => {
    if (!held) return;
    held = false;
    clearInterval(beat);
    process.off('exit', release);
    // The number must not be used again, so the file stays and says that it is free.
    if (existsSync(path)) renameSync(writeDraft(folder, me(true)), path);
  };
  process.on('exit', release);
  return { release };
}

function readOwner(path: string): Owner | null {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Removed under our hands by the next owner, or cut short by a power failure: dead in either case.
    return null;
  }
}

async function isAlive(owner: Owner, path: string, tell: () => void): Promise<boolean> {
  if (owner.released) return false;
  if (owner.space === space()) return startOf(owner.pid) === owner.started;
  const signOf = (): number | undefined => statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  const first = signOf();
  for (let told = false; ; told = true) {
    const last = signOf();
    // Gone, or as old as it gets without being dead; set back means that somebody is there who set it.
    if (last === undefined || Date.now() - last >= SILENCE_MS) return false;
    if (last !== first) return true;
    if (!told) tell();
    await wait(LOOK_MS);
  }
}

function waiting(dataDir: string, { pid, host }: Owner): string {
  return `The data folder ${dataDir} was in use by process ${pid} on ${host} until a moment ago: waiting up to ${SILENCE_MS / 1_000} s to see whether that still runs …`;
}

function onStandardError(line: string): void {
  process.stderr.write(`${line}\n`);
}

function sentence(dataDir: string, owner: Owner): string {
  const elsewhere = owner.space === space() ? '' : ` on ${owner.host}`;
  return `The data folder ${dataDir} is in use by process ${owner.pid}${elsewhere}, and the embedded database belongs to one process.`;
}

function me(released: boolean): Owner {
  return { pid: process.pid, started: startOf(process.pid) ?? '', space: space(), host: hostname(), released };
}

/** Null when no such process runs. */
function startOf(pid: number): string | null {
  try {
    if (process.platform !== 'linux') return startByCommand(pid);
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in the second field may hold blanks and brackets; the fields after its last bracket start with the third.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function startByCommand(pid: number): string | null {
  if (process.platform === 'win32') {
    process.kill(pid, 0);
    return 'running';
  }
  return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
}

function space(): string {
  if (process.platform !== 'linux') return hostname();
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;
}
