import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { TEST_SCOPE } from './test-scope';

export interface Count {
  readonly passed: number;
  readonly failed: number;
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
  /^(DATABASE_\w+|DATA_DIR|PORT|AUTH_\w+|ENCRYPTION_KEY\w*|APP_URL|TRUSTED_PROXIES|CRON_SECRET|METRICS_TOKEN|SMTP_URL|NODE_ENV)$/;

function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !SETTINGS.test(name));
  return Object.assign(Object.create(null), Object.fromEntries(kept));
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/** A file that failed as a whole, by its import or its set-up, counts as one failure. */
export function vitestCount(path: string): Count {
  const report = vitestReport.parse(readJson(path));
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests,
  };
}

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

export function playwrightCount(path: string): Count {
  const { stats, errors } = playwrightReport.parse(readJson(path));
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}

const faultsReport = z.object({ judged: z.array(z.object({ broken: z.array(z.string()) })) });

/** A row counts as a test. */
export function faultsCount(path: string): Count {
  const { judged } = faultsReport.parse(readJson(path));
  const failed = judged.filter(({ broken }) => broken.length > 0).length;
  return { passed: judged.length - failed, failed };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
