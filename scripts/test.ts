import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { obtainChromium } from './chromium';
import { obtainLibreOffice } from './libreoffice';
import { type Count, faultsCount, playwrightCount, run, vitestCount } from './test-steps';

const FAILED: Count = { passed: 0, failed: 1 };
const PASSED: Count = { passed: 1, failed: 0 };

interface Step {
  readonly name: string;
  run(): Promise<Count>;
}

/** Everything, in order of how soon it knows; a step that fails does not keep the others from running. */
const STEPS: readonly Step[] = [
  { name: 'Types', run: () => check('node_modules/typescript/bin/tsc', ['--noEmit']) },
  { name: 'Lint', run: () => check('node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']) },
  { name: 'Unit and database tests', run: vitest },
  { name: 'Browser tests', run: browser },
  { name: 'Faults', run: faults },
];

async function check(script: string, args: readonly string[]): Promise<Count> {
  return (await run(script, args)) === 0 ? PASSED : FAILED;
}

async function vitest(): Promise<Count> {
  obtainLibreOffice(say);
  const report = 'test-results/vitest.json';
  const code = await run('node_modules/vitest/vitest.mjs', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ]);
  return withExitCode(vitestCount(report), code);
}

async function browser(): Promise<Count> {
  if (!hasBrowserTests()) throw new Error('there are none.');
  obtainChromium(say);
  const code = await run('node_modules/@playwright/test/cli.js', ['test']);
  return withExitCode(playwrightCount('test-results/e2e.json'), code);
}

/** Only what the oracle and the answers say decides here; times are printed. */
async function faults(): Promise<Count> {
  const report = 'test-results/faults.json';
  const code = await run('node_modules/tsx/dist/cli.mjs', ['faults/run.ts', '--short', '--report', report]);
  return withExitCode(faultsCount(report), code);
}

function hasBrowserTests(): boolean {
  return readdirSync('e2e', { recursive: true }).some((name) => /\.(spec|test)\.tsx?$/.test(String(name)));
}

/** A runner can fail without a failed test: nothing ran, an error outside of tests. */
function withExitCode(count: Count, code: number): Count {
  const ran = count.passed + count.failed > 0;
  return ran && (code === 0 || count.failed > 0) ? count : { ...count, failed: count.failed + 1 };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function attempt(step: Step): Promise<Count> {
  say(`\n— ${step.name} …`);
  try {
    const count = await step.run();
    say(`— ${step.name}: ${count.passed} passed, ${count.failed} failed`);
    return count;
  } catch (error) {
    say(`— ${step.name}: ${error instanceof Error ? error.message : error}`);
    return FAILED;
  }
}

rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results', { recursive: true });
let passed = 0;
let failed = 0;
for (const step of STEPS) {
  const count = await attempt(step);
  passed += count.passed;
  failed += count.failed;
}
say(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
