import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DataFolderLocked, lockFolder } from './lock';
import { compiled, type Program, runProgram } from './testing-programs/run';

let holdFolder: string;
let folder: string;
let programs: Program[];

beforeAll(async () => {
  holdFolder = await compiled(new URL('./testing-programs/hold-folder.ts', import.meta.url));
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillbell-lock-'));
  programs = [];
});
afterEach(async () => {
  for (const program of programs) await program.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function holder(): Program {
  const program = runProgram(holdFolder, folder);
  programs.push(program);
  return program;
}

async function claimOf(owner: object): Promise<string> {
  const path = join(folder, 'lock', '1');
  (await lockFolder(folder)).release();
  writeFileSync(
    path,
    JSON.stringify({ pid: 1, started: '0', space: 'here', host: 'elsewhere', released: false, ...owner }),
  );
  return path;
}

it('names who has the folder', async () => {
  const program = holder();
  expect(await program.firstLine()).toBe('held');
  await expect(lockFolder(folder)).rejects.toThrow(DataFolderLocked);
  await expect(lockFolder(folder)).rejects.toThrow(
    `The data folder ${folder} is in use by process ${program.child.pid},`,
  );
});

it('is free after a release, and again after the next', async () => {
  for (const _ of [1, 2, 3]) {
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(`process ${process.pid}`);
    lock.release();
    lock.release();
  }
  expect(readdirSync(join(folder, 'lock'))).toEqual(['3']);
});

it('is free after its process ended by itself', async () => {
  const program = holder();
  await program.firstLine();
  const ended = new Promise((resolve) => program.child.once('close', resolve));
  program.child.stdin.end();
  await ended;
  (await lockFolder(folder)).release();
});

it('goes to exactly one of many who find a dead owner', async () => {
  for (const _ of [1, 2]) {
    const dead = holder();
    expect(await dead.firstLine()).toBe('held');
    await dead.kill('SIGKILL');
    const takers = Array.from({ length: 6 }, holder);
    const lines = await Promise.all(takers.map((taker) => taker.firstLine()));
    expect(lines.filter((line) => line === 'held')).toHaveLength(1);
    expect(lines.filter((line) => line.includes('is in use by process'))).toHaveLength(5);
    for (const taker of takers) await taker.kill('SIGKILL');
  }
});

it('is not held by a stranger who got the process id of a dead owner', async () => {
  const { space } = JSON.parse(await readClaim());
  await claimOf({ pid: process.ppid, started: 'long ago', space });
  (await lockFolder(folder)).release();
});

describe('an owner in another container, whom nobody here can see,', () => {
  const said: string[] = [];
  const take = (): ReturnType<typeof lockFolder> => lockFolder(folder, (line) => said.push(line));
  beforeEach(() => said.splice(0));

  it('is waited for, and followed once it has been silent for too long', async () => {
    const path = await claimOf({ pid: 7 });
    const taking = take();
    await expect.poll(() => said).toEqual([expect.stringContaining(`${folder} was in use by process 7 on elsewhere`)]);
    // As time passes without a sign.
    setSign(path, -60_000);
    (await taking).release();
  });

  it('keeps the folder when it gives a sign of life', async () => {
    const path = await claimOf({ pid: 7 });
    const taking = take();
    const refused = expect(taking).rejects.toThrow('in use by process 7 on elsewhere');
    await expect.poll(() => said.length).toBe(1);
    setSign(path, 1_000);
    await refused;
  });

  it('is followed at once when it gave up the folder, or has been silent for long', async () => {
    await claimOf({ pid: 7, released: true });
    (await take()).release();
    rmSync(join(folder, 'lock'), { recursive: true });
    setSign(await claimOf({ pid: 7 }), -60_000);
    (await take()).release();
    expect(said).toEqual([]);
  });

  it('is followed by exactly one of many who wait', async () => {
    const path = await claimOf({ pid: 7 });
    const takers = Array.from({ length: 4 }, holder);
    await expect.poll(() => takers.map((taker) => taker.printed())).toEqual(['', '', '', '']);
    setSign(path, -60_000);
    const lines = await Promise.all(takers.map((taker) => taker.firstLine()));
    expect(lines.filter((line) => line === 'held')).toHaveLength(1);
    expect(lines.filter((line) => line.includes('is in use by process'))).toHaveLength(3);
  });
});

function setSign(path: string, ms: number): void {
  const at = new Date(Date.now() + ms);
  utimesSync(path, at, at);
}

it('is free when the claim was cut short', async () => {
  writeFileSync(await claimOf({}), '');
  (await lockFolder(folder)).release();
});

async function readClaim(): Promise<string> {
  const lock = await lockFolder(folder);
  lock.release();
  const [name = ''] = readdirSync(join(folder, 'lock'));
  return readFileSync(join(folder, 'lock', name), 'utf8');
}
