import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fences } from './deploy-guide.testing';
import { betterOptions, roomMb, START } from './heap';

const GB = 2 ** 30;
const UNLIMITED = 2 ** 64;

describe('the room for what lives long', () => {
  it.each([
    ['a large machine', 64 * GB, UNLIMITED, 512],
    ['a small machine', GB, UNLIMITED, 256],
    ['a machine of which nobody knows the limit', 1.5 * GB, 0, 384],
    ['a small container on a large machine', 64 * GB, 0.5 * GB, 128],
    ['a large container on a large machine', 64 * GB, 8 * GB, 512],
    ['a container that may have more than there is', GB, 4 * GB, 256],
  ])('%s', (_, machine, container, room) => {
    expect(roomMb(machine, container)).toBe(room);
  });

  it.each<[string, readonly string[], number, readonly string[] | null]>([
    ['what npm start says is right for most', [START[0]], 512, null],
    ['and is made smaller where there is less', [START[0]], 128, ['--initial-old-space-size=128']],
    ['a unit of before does not say it', [], 512, ['--initial-old-space-size=512']],
    ['another number is the operator’s', ['--initial-old-space-size=64'], 512, null],
    ['also in V8’s own spelling', ['--initial_old_space_size=64'], 128, null],
    ['what else Node is told stays', ['--inspect', START[0]], 256, ['--inspect', '--initial-old-space-size=256']],
  ])('%s', (_, given, room, wanted) => {
    expect(betterOptions(given, room)).toEqual(wanted);
  });

  it('is what every way to start the server says', () => {
    const command = `node ${START.join(' ')}`;
    expect(JSON.parse(readFileSync('package.json', 'utf8')).scripts.start).toBe(command);
    expect(readFileSync('Dockerfile', 'utf8')).toContain(
      `CMD ${JSON.stringify(command.split(' ')).replaceAll(',', ', ')}`,
    );
    const [unit] = fences().filter(({ heading, language }) => heading === 'Service' && language === 'ini');
    expect(unit?.text).toContain(`ExecStart=/usr/bin/${command}\n`);
  });

  it('is an option that this Node knows, and goes together with an operator’s NODE_OPTIONS', () => {
    const env = { NODE_ENV: 'test', PATH: process.env.PATH, NODE_OPTIONS: '--max-old-space-size=96' } as const;
    const limit = 'process.stdout.write(String(require("v8").getHeapStatistics().heap_size_limit / 2 ** 20))';
    const { status, stdout, stderr } = spawnSync(process.execPath, [START[0], '-e', limit], { encoding: 'utf8', env });
    expect([status, stderr]).toEqual([0, '']);
    expect(Number(stdout)).toBeLessThan(256);
  });
});
