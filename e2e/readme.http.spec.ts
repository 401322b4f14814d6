import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { fresh, providerOf } from './deployment';
import { environment, exitOf, ROOT, runProgram, type Settings } from './process';
import { readmeCommands, scriptOf } from './readme';
import { freePort } from './server';

const commands = readmeCommands();
const packageFile = z.object({ scripts: z.record(z.string(), z.string()) });

test('every command in the README is one that this version has', () => {
  expect(commands).toContain('npm start');
  const { scripts } = packageFile.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  for (const command of commands) {
    expect(command).toMatch(/^(npm|npx) /);
    const script = scriptOf(command);
    if (script === null) continue;
    expect(Object.keys(scripts), command).toContain(script);
    const file = /(\S+\.(?:ts|mjs))/.exec(scripts[script] ?? '')?.[1];
    if (file) expect(existsSync(join(ROOT, file)), `${command} runs ${file}`).toBe(true);
  }
});

test('every file that the README points to is there', () => {
  const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path);
  const rooms = [...text.matchAll(/`((?:[a-z]+\/)+|[\w/.-]+\.(?:ts|tsx|md|json|mjs))`/g)].map(([, path = '']) => path);
  expect(links.length + rooms.length).toBeGreaterThan(3);
  for (const path of [...links, ...rooms.filter((room) => room.includes('/'))]) {
    // In a row of `lib/` the further rooms are named without it.
    expect(existsSync(join(ROOT, path)) || existsSync(join(ROOT, 'lib', path)), path).toBe(true);
  }
});

const made = z.object({ id: z.string(), notificationPath: z.string() });

test('the README’s operator commands do what they say, beside the server that npm start runs', async () => {
  test.setTimeout(240_000);
  const deployment = fresh();
  const port = await freePort();
  const address = `http://localhost:${port}`;
  const secret = providerOf('cryptocloud').createCredential().verify;
  const admin = async (words: string, url = ''): Promise<unknown> => {
    const command = commands.find((line) => line.includes(`admin -- ${words}`));
    if (!command) throw new Error(`The README has no command ${words}`);
    const input = command.includes('--secret-stdin') ? secret : 'a password of the readme';
    return runOperator(command, { ...deployment.settings, URL: url }, input);
  };

  const project = made.parse(await admin('project add'));
  expect(await admin('staff add')).toMatchObject({ email: expect.stringContaining('@') });

  const stop = await npmStart({ ...deployment.settings, PORT: String(port) });
  const url = `${address}${project.notificationPath}`;
  expect(await admin('postback send', url)).toEqual({ status: 200, body: { message: 'Postback received' } });
  await stop();

  expect(await admin('replay')).toEqual({ replayed: 1, changed: 0 });
  await deployment.remove();
});

/** As a person would in a shell, with a secret or a password where one is asked for; the answer is the last line. */
async function runOperator(command: string, settings: Settings, input: string): Promise<unknown> {
  const { code, stdout, stderr } = await runProgram('sh', ['-c', command], settings, `${input}\n`);
  expect(stderr).not.toContain('Warning');
  expect(code, `${command}\n${stderr}`).toBe(0);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

/** Until it says that it is ready; what is returned ends it, and everything that npm started with it. */
async function npmStart(settings: Settings): Promise<() => Promise<void>> {
  const child = spawn('npm', ['start'], {
    cwd: ROOT,
    env: environment(settings),
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = exitOf(child);
  const end = (signal: NodeJS.Signals): void => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, signal);
  };
  const killIt = (): void => end('SIGKILL');
  process.once('exit', killIt);
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => (/ready at http/.test(line) ? resolve() : undefined));
    void ended.then((code) => reject(new Error(`npm start ended with ${code}`)));
  });
  return async () => {
    end('SIGTERM');
    await ended;
    process.off('exit', killIt);
  };
}
