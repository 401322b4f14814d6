import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { TEST_SCOPE } from './test-scope';

export interface Count {
  readonly passed: number;
  /** Each failed test by its name, with the first line of its error. */
  readonly failures: readonly string[];
  /** For want of a program that is not on this machine. */
  readonly skipped?: number;
}

/** Runs a tool of node_modules and returns its exit code; what it prints is shown, `atItsEnd` in one piece. */
export async function run(script: string, args: readonly string[], atItsEnd = false): Promise<number> {
  // Settings of whoever runs the tests (APP_URL, DATABASE_URL, …) are not the tests'; each makes its own.
  const env = { ...withoutSettings(process.env), NEXT_TELEMETRY_DISABLED: '1', TEST_SCOPE };
  const output = atItsEnd ? 'pipe' : 'inherit';
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', output, output], env });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece: Buffer) => printed.push(piece));
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject).once('close', (status) => resolve(status ?? 1));
  });
  process.stdout.write(Buffer.concat(printed));
  return code;
}

const SETTINGS =
  /^(DATABASE_\w+|DATA_DIR|PORT|HOST|AUTH_\w+|ENCRYPTION_KEY\w*|APP_URL|TRUSTED_PROXIES|CRON_SECRET|METRICS_TOKEN|SMTP_URL|NODE_ENV)$/;

function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !SETTINGS.test(name));
  return Object.assign(Object.create(null), Object.fromEntries(kept));
}

const vitestTest = z.object({
  fullName: z.string(),
  status: z.string(),
  failureMessages: z.array(z.string()).nullish(),
});
const vitestReport = z.object({
  numPassedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), message: z.string(), assertionResults: z.array(vitestTest) }),
  ),
});

/** A file that failed as a whole, by its import or its set-up, counts as one failure. */
export function vitestCount(path: string): Count {
  const report = vitestReport.parse(readJson(path));
  return {
    passed: report.numPassedTests,
    failures: report.testResults.flatMap(({ name, status, message, assertionResults }) => {
      const file = relative(process.cwd(), name);
      const failed = assertionResults.filter((test) => test.status === 'failed');
      if (status === 'failed' && failed.length === 0) return [failure(file, message)];
      return failed.map((test) => failure(`${file} › ${test.fullName}`, test.failureMessages?.[0]));
    }),
    skipped: report.numPendingTests,
  };
}

const playwrightError = z.object({ message: z.string().optional() });
const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  line: z.number(),
  tests: z.array(
    z.object({ status: z.string(), results: z.array(z.object({ errors: z.array(playwrightError).optional() })) }),
  ),
});
const playwrightSuite = z.object({
  specs: z.array(playwrightSpec),
  get suites() {
    return z.array(playwrightSuite).optional();
  },
});
const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), skipped: z.number() }),
  errors: z.array(playwrightError),
  suites: z.array(playwrightSuite),
});

export function playwrightCount(path: string): Count {
  const { stats, errors, suites } = playwrightReport.parse(readJson(path));
  return {
    passed: stats.expected,
    failures: [
      ...suites.flatMap(failedSpecs),
      ...errors.map(({ message }) => failure('outside of the tests', message)),
    ],
    skipped: stats.skipped,
  };
}

function failedSpecs({ specs, suites = [] }: z.infer<typeof playwrightSuite>): string[] {
  const failed = specs.flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ results }) =>
        failure(`${file}:${line} › ${title}`, results.flatMap(({ errors = [] }) => errors)[0]?.message),
      ),
  );
  return [...failed, ...suites.flatMap(failedSpecs)];
}

const faultsReport = z.object({ judged: z.array(z.object({ name: z.string(), broken: z.array(z.string()) })) });

/** A row counts as a test. */
export function faultsCount(path: string): Count {
  const { judged } = faultsReport.parse(readJson(path));
  const broken = judged.filter((row) => row.broken.length > 0);
  return {
    passed: judged.length - broken.length,
    failures: broken.map((row) => failure(`faults › ${row.name}`, row.broken[0])),
  };
}

function failure(name: string, message: string | undefined): string {
  const firstLine =
    stripVTControlCharacters(message ?? '')
      .split('\n', 1)[0]
      ?.slice(0, 200) ?? '';
  return firstLine === '' ? name : `${name}: ${firstLine}`;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
