import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runCommand } from '../scripts/command';
import { throwAwayFolder } from '../scripts/demo/folder';
import { freePort } from '../scripts/demo/product';
import { seedInItsOwnProcess, throwAwaySettings } from '../scripts/demo/seeding';
import { coldStart } from './cold-start';
import { firstPage, oneAtATime } from './embedded';
import { exportSpeed } from './exports/speed';
import { firstLoadJavaScript } from './javascript';
import { latency } from './latency';
import { lists } from './lists';
import { hugeBodies, refusing } from './refusing';
import { repeats } from './repeats';
import { responsiveness } from './responsiveness';
import { startRoute, throughRoute } from './route';
import { passes, type Row, show, toTable } from './row';
import { openStage } from './stage';
import { streams } from './streams';
import { throughput } from './throughput';
import { tokenCheck } from './token';

const { values } = parseArgs({ options: { full: { type: 'boolean', default: false } } });
const HISTORY = { days: 90, postbacks: values.full ? 5_200 : 600, seed: 20_260 };
const LISTED = values.full ? 10_000_000 : 1_000_000;
const ROUNDS = values.full ? { count: 11, milliseconds: 10_000 } : { count: 5, milliseconds: 4_000 };
/** Files with people take twice as long; a default run has them once. */
const EXPORTS = { rows: 1_000_000, rounds: 5, roundsWithPeople: values.full ? 5 : 1 };

await runCommand(async () => {
  const folder = throwAwayFolder('bench');
  const env: NodeJS.ProcessEnv = { ...throwAwaySettings(folder), PORT: await freePort() };
  say(`Making a history of ${HISTORY.postbacks} postbacks …`);
  const seeded = await seedInItsOwnProcess(folder, HISTORY);
  const rows: Row[] = [];
  const add = (...measured: readonly Row[]): void => {
    rows.push(...measured);
    for (const { measure, value, unit } of measured) say(`  ${measure}: ${show(value)} ${unit}`);
  };
  say('One postback at a time …');
  add(await oneAtATime(env, seeded));
  say('First page after a start …');
  add(await firstPage(env));
  say('First-load JavaScript …');
  add(await firstLoadJavaScript(env, seeded));
  say('Shifts and interactions …');
  add(...(await responsiveness(env, seeded)));
  say(`Lists at ${LISTED} invoices …`);
  add(...(await lists({ many: LISTED })));
  say('Tokens …');
  add(await tokenCheck());
  const stage = await openStage();
  say(`Postbacks a second, ${ROUNDS.count} rounds of ${ROUNDS.milliseconds / 1_000} s each …`);
  const { row, rounds } = await throughput(stage, ROUNDS);
  add(row);
  const route = await startRoute(stage);
  say('Postbacks a second through the route …');
  add(await throughRoute(stage, route));
  say('Postbacks at a steady pace …');
  add(...(await latency(stage, route)));
  await route.stop();
  say('Refusals, copies, bodies of 10 MB …');
  add(await refusing(stage), await repeats(stage), ...present(await hugeBodies(stage)));
  say('Open screens …');
  add(...(await streams(stage)));
  say('Starts …');
  add(await coldStart(stage));
  await stage.stop();
  add(...(await exportSpeed(EXPORTS, say)));
  process.stdout.write(`\n${toTable(rows)}\n`);
  save(rows, rounds);
  // Exit hooks end what a failure left running.
  process.exit(rows.every(passes) ? 0 : 1);
});

function present(row: Row | null): readonly Row[] {
  return row ? [row] : [];
}

function say(doing: string): void {
  process.stderr.write(`${doing}\n`);
}

function save(rows: readonly Row[], rounds: readonly (readonly number[])[]): void {
  const machine = { processors: cpus().length, model: cpus()[0]?.model ?? '', node: process.version };
  const results = {
    at: new Date().toISOString(),
    machine,
    rows: rows.map((row) => ({ ...row, ok: passes(row) })),
    rounds,
  };
  writeFileSync(fileURLToPath(new URL('./results.json', import.meta.url)), `${JSON.stringify(results, null, 2)}\n`);
}
