import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { runCommand } from '../scripts/command';
import { makeSecrets } from './deployments';
import { holds, type Judged, type Row, type Scale, toLines } from './row';
import { ROWS } from './rows';
import { endScenes } from './scene';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    seed: { type: 'string' },
    /** One row alone, or several; for looking into a failure. */
    row: { type: 'string', multiple: true },
    /** In the test run: times are printed and decide nothing, and what was seen is written here. */
    report: { type: 'string' },
  },
});
/** Catches what hangs, on the slowest machine too. */
const LIMIT_MS = (values.short ? 10 : 60) * 60_000;

await runCommand(async () => {
  makeSecrets();
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
  const scale: Scale = { short: values.short, seed, say: (doing) => void process.stderr.write(`  ${doing}\n`) };
  const timesCount = values.report === undefined;
  say(`Seed ${seed}; the same one again: npm run faults -- ${values.short ? '--short ' : ''}--seed ${seed}`);
  const wanted = ROWS.filter(({ name }) => values.row?.includes(name) ?? true);
  const judged: Judged[] = [];
  for (const row of wanted) {
    const one = await judge(row, scale);
    judged.push(one);
    say(toLines(one, timesCount).join('\n'));
  }
  const failed = judged.filter((one) => !holds(one, timesCount)).length;
  say(`${judged.length - failed} rows hold, ${failed} do not`);
  if (values.report !== undefined) report(values.report, { seed, judged, failed });
  // Exit hooks end what a failure left running.
  process.exit(failed === 0 && judged.length > 0 ? 0 : 1);
});

async function judge(row: Row, scale: Scale): Promise<Judged> {
  const began = performance.now();
  const seen = await within(row.run(scale)).catch((error: unknown) => {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { figures: 'it did not come to its end', broken: [why], late: [] };
  });
  await endScenes();
  return { ...seen, name: row.name, fault: row.fault, seconds: (performance.now() - began) / 1000 };
}

/** A row that hangs is broken, and keeps no other from running. */
function within<Result>(running: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Not ended after ${LIMIT_MS / 1000} s`)), LIMIT_MS);
    running.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function report(path: string, found: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`);
}
