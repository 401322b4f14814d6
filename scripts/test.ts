import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { obtainChromium } from './chromium';
import { obtainPrograms } from './programs';
import { TEST_SCOPE } from './test-scope';
import { type Count, faultsCount, playwrightCount, run, vitestCount } from './test-steps';

interface Step {
  readonly name: string;
  run(): Promise<Count>;
}

const UNIT: Step = { name: 'Unit and database tests', run: vitest };
const FAULTS: Step = { name: 'Faults', run: faults };

/**
 * All steps, fastest first; a step that fails does not stop the others. The short fault runs are idle half of the time, so
 * they run beside the unit tests.
 */
const STEPS: readonly (readonly Step[])[] = [
  [{ name: 'Types', run: () => check('node_modules/typescript/bin/tsc', ['--noEmit']) }],
  [{ name: 'Lint', run: () => check('node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']) }],
  ...(TEST_SCOPE === 'all' ? [[UNIT], [FAULTS]] : [[UNIT, FAULTS]]),
  [{ name: 'HTTP and browser tests', run: playwright }],
];

async function check(script: string, args: readonly string[]): Promise<Count> {
  return (await run(script, args)) === 0 ? { passed: 1, failures: [] } : { passed: 0, failures: [script] };
}

async function vitest(): Promise<Count> {
  if (TEST_SCOPE === 'all') await obtainPrograms(say);
  const report = 'test-results/vitest.json';
  const code = await run('node_modules/vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  return withExitCode(vitestCount(report), code);
}

/** Those over HTTP need no browser, and run without one. */
async function playwright(): Promise<Count> {
  const script = 'node_modules/@playwright/test/cli.js';
  const missing = await obtainChromium(say).then(
    () => null,
    (error: Error) => error.message,
  );
  const code = await run(script, ['test', ...(missing === null ? [] : ['--project=http'])]);
  const count = withExitCode(playwrightCount('test-results/e2e.json'), code);
  if (missing === null) return count;
  const listed = spawnSync(process.execPath, [script, 'test', '--project=browser', '--list'], { encoding: 'utf8' });
  say(`${missing} The browser tests were skipped.`);
  return { ...count, skipped: Number(/Total: (\d+)/.exec(listed.stdout)?.[1]) };
}

/** Only what the oracle and the answers say decides here; times are printed. */
async function faults(): Promise<Count> {
  const report = 'test-results/faults.json';
  const isShort = TEST_SCOPE === 'commit';
  const options = ['--report', report, ...(isShort ? ['--short'] : [])];
  const code = await run('node_modules/tsx/dist/cli.mjs', ['faults/run.ts', ...options], isShort);
  return withExitCode(faultsCount(report), code);
}

/** A runner can fail without a failed test: nothing ran, an error outside of tests. */
function withExitCode(count: Count, code: number): Count {
  const { passed, failures } = count;
  if (failures.length > 0 || (code === 0 && passed > 0)) return count;
  return { ...count, failures: [passed === 0 ? 'no test ran' : `the runner ended with ${code} without a failed test`] };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function attempt({ name, run: start }: Step): Promise<Count> {
  say(`\n— ${name} …`);
  const began = performance.now();
  const count = await start().catch((error: unknown): Count => {
    const message = error instanceof Error ? error.message : String(error);
    say(message);
    return { passed: 0, failures: [message] };
  });
  const { passed, failures, skipped = 0 } = count;
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const left = skipped > 0 ? `, ${skipped} skipped for want of a program on this machine` : '';
  say(`— ${name}: ${passed} passed, ${failures.length} failed${left} (${seconds} s)`);
  return count;
}

rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results', { recursive: true });
let passed = 0;
const failures: string[] = [];
for (const steps of STEPS) {
  for (const [index, count] of (await Promise.all(steps.map(attempt))).entries()) {
    passed += count.passed;
    failures.push(...count.failures.map((name) => `${steps[index]?.name}: ${name}`));
  }
}
if (failures.length > 0) say(`\nFailed:\n${failures.map((name) => `  ${name}`).join('\n')}`);
say(`\n${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length > 0 || passed === 0 ? 1 : 0;
