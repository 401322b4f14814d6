import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DataFolderLocked, lockFolder } from './lock';
import { type Program, runProgram } from './testing-programs/run';

let folder: string;
let programs: Program[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillbell-lock-'));
  programs = [];
});
afterEach(async () => {
  for (const program of programs) await program.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function holder(): Program {
  const program = runProgram('./hold-folder.ts', folder);
  programs.push(program);
  return program;
}

function claimOf(owner: object): string {
  const path = join(folder, 'lock', '1');
  lockFolder(folder).release();
  writeFileSync(
    path,
    JSON.stringify({ pid: 1, started: '0', space: 'here', host: 'elsewhere', released: false, ...owner }),
  );
  return path;
}

it('names who has the folder', async () => {
  const program = holder();
  expect(await program.firstLine()).toBe('held');
  expect(() => lockFolder(folder)).toThrow(DataFolderLocked);
  expect(() => lockFolder(folder)).toThrow(`The data folder ${folder} is in use by process ${program.child.pid},`);
});

it('is free after a release, and again after the next', () => {
  for (const _ of [1, 2, 3]) {
    const lock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(`process ${process.pid}`);
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
  lockFolder(folder).release();
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

it('is not held by a stranger who got the process id of a dead owner', () => {
  const space = JSON.parse(readClaim()).space;
  claimOf({ pid: process.ppid, started: 'long ago', space });
  lockFolder(folder).release();
});

it('is held from another container while that gives signs of life', () => {
  const path = claimOf({ pid: 7 });
  expect(() => lockFolder(folder)).toThrow('process 7 on elsewhere');
  const old = new Date(Date.now() - 60_000);
  utimesSync(path, old, old);
  lockFolder(folder).release();
});

it('is free when the claim was cut short', () => {
  writeFileSync(claimOf({}), '');
  lockFolder(folder).release();
});

function readClaim(): string {
  const lock = lockFolder(folder);
  lock.release();
  const [name = ''] = readdirSync(join(folder, 'lock'));
  return readFileSync(join(folder, 'lock', name), 'utf8');
}
