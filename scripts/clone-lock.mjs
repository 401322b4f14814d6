import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const LOCK = '.tillbell.lock';
const RETRY_POLICY = 250;

let mine = { doing: 'working', worker: null };

/**
 * Runs `work` while no other Tillbell command in this clone installs or builds. `work` gets `say`, which tells those
 * who wait what is being done. A lock whose owner died is taken over.
 * @param {(say: (doing: 'installing' | 'building') => void) => Promise<void>} work
 */
export async function withCloneLock(work) {
  await acquire();
  process.on('exit', release);
  try {
    await work((doing) => tell({ doing }));
  } finally {
    process.off('exit', release);
    release();
  }
}

/** The process that does the work outlives an owner that is killed, and must be waited for too. */
export function tellWorker(pid) {
  if (read(LOCK)?.pid === process.pid) tell({ worker: identify(pid) });
}

function tell(news) {
  mine = { ...mine, ...news };
  const draft = `${LOCK}.${process.pid}`;
  writeFileSync(draft, owner());
  renameSync(draft, LOCK);
}

async function acquire() {
  let told = false;
  while (!tryAcquire()) {
    const holder = read(LOCK);
    if (holder === null) continue;
    if (!isAlive(holder) && !isAlive(holder.worker)) {
      removeDead(holder);
      continue;
    }
    if (!told) process.stderr.write(`${waiting(holder)}\n`);
    told = true;
    await wait(RETRY_POLICY);
  }
}

/** The file is written beside and linked into place, so that nobody ever reads half a lock. */
function tryAcquire() {
  const draft = `${LOCK}.${process.pid}`;
  writeFileSync(draft, owner());
  try {
    linkSync(draft, LOCK);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    // A file system without hard links; the exclusive flag still lets only one through.
    return tryExclusive();
  } finally {
    rmSync(draft, { force: true });
  }
}

function tryExclusive() {
  try {
    writeFileSync(LOCK, owner(), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Two may find the same dead owner; whoever moves a living lock away by mistake puts it back. */
function removeDead(holder) {
  const moved = `${LOCK}.dead.${process.pid}`;
  try {
    renameSync(LOCK, moved);
  } catch {
    return;
  }
  const found = read(moved);
  if (found !== null && (found.pid !== holder.pid || found.started !== holder.started)) {
    try {
      linkSync(moved, LOCK);
    } catch {
      // A third one has it by now, which waits for nobody; as rare as it is harmless.
    }
  }
  rmSync(moved, { force: true });
}

function release() {
  if (read(LOCK)?.pid === process.pid) rmSync(LOCK, { force: true });
}

function owner() {
  return JSON.stringify({ ...identify(process.pid), ...mine });
}

function identify(pid) {
  return { pid, started: startOf(pid) };
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    return { pid: 0, started: null, doing: 'working', worker: null };
  }
}

/** A process id is used again one day; with the time its process started it is not. */
function isAlive(identity) {
  if (!identity?.pid) return false;
  const { pid, started } = identity;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  return started === null || started === startOf(pid);
}

function startOf(pid) {
  try {
    const [state, ...rest] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    // A zombie runs no more; it only waits for a parent to take notice.
    return state === 'Z' ? 'gone' : (rest[18] ?? null);
  } catch {
    return null;
  }
}

function waiting({ pid, doing }) {
  const ending = doing === 'working' ? 'finish' : `finish ${doing}`;
  return `Waiting for another Tillbell command (process ${pid}) to ${ending} …`;
}
