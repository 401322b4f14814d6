import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDatabase, startPostgres } from '@/lib/db/testing-postgres';
import { type OnPostgres, prepare, secrets } from '../deployments';
import { perSecond, type Scale, type Seen } from '../row';
import { acting } from '../scene';
import { countOf, judged } from '../trouble-seen';
import { until } from '../until';
import { isAlive } from './restarts';

const DISK_MEGABYTES = 400;
const PIECE = Buffer.alloc(1024 * 1024, 1);

/** The database's disk runs full under load and has room again. A disk of one's own takes root on Linux. */
export async function fullDisk(scale: Scale): Promise<Seen> {
  if (scale.short) return skipped('full disk not in short');
  const disk = smallDisk();
  if (disk === null) return skipped('full disk skipped, as no small disk can be mounted here');
  try {
    return await onSmallDisk(scale, disk);
  } finally {
    execFileSync('umount', ['--lazy', disk]);
    rmdirSync(disk);
  }
}

function skipped(why: string): Seen {
  return { figures: why, broken: [], late: [] };
}

async function onSmallDisk(scale: Scale, disk: string): Promise<Seen> {
  return acting(await postgresOn(disk), scale.seed, async (scene): Promise<Seen> => {
    const server = await scene.serve();
    await scene.untilServed(server.port);
    const load = scene.load(() => server.port, perSecond(scale));
    await until('answers of 200', () => load.acknowledged >= 50);
    const ballast = join(disk, 'ballast');
    fill(ballast);
    await until('a 503 on a full disk', () => {
      fill(ballast);
      return countOf(load, 503) > 20;
    });
    rmSync(ballast);
    // Without room for its log PostgreSQL ends itself, and whoever keeps it starts it again.
    await scene.deployment.server.restart();
    const known = load.acknowledged;
    await until('an answer of 200 again', () => load.acknowledged > known + 50);
    await load.settle();
    const alive = isAlive(server.pid);
    await server.stop();
    const seen = await judged(scene, load, 'full disk');
    return { ...seen, broken: [...seen.broken, ...(alive ? [] : ['the app has ended'])] };
  });
}

function smallDisk(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'tillbell-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MEGABYTES}m,mode=1777`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
    return folder;
  } catch {
    rmdirSync(folder);
    return null;
  }
}

/** A PostgreSQL of its own whose folder is there: temporary folders are where this process is told. */
async function postgresOn(disk: string): Promise<OnPostgres> {
  const usual = process.env.TMPDIR;
  process.env.TMPDIR = disk;
  const server = await startPostgres().finally(() => {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
  });
  const url = await createDatabase(server.url, 'tillbell');
  const settings = { ...secrets(), DATABASE_URL: url };
  return { server, url, settings, shops: await prepare(settings), remove: () => server.stop() };
}

/** Writes until nothing more fits. */
function fill(path: string): void {
  const file = openSync(path, 'a');
  try {
    for (;;) writeSync(file, PIECE);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    closeSync(file);
  }
}
