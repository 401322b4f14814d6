import type { Receiver } from './receivers';
import { median, type Row, show } from './row';
import { CONNECTIONS, type Measured, type Stage, sendAndCount } from './stage';

/** A baseline that moves more says so. */
const UNSTEADY = 0.3;
/** Until then the engine still compiles what runs often. */
const WARM_UP = { count: 8_000, milliseconds: 20_000 };

export interface Rounds {
  readonly count: number;
  readonly milliseconds: number;
}

interface Throughput {
  readonly row: Row;
  /** Ours, the documented handler, the same with a key object; a second. */
  readonly rounds: readonly Round[];
}

type Round = readonly [ours: number, documented: number, keyObject: number];

/** Postbacks a second through `server.ts` beside those of the documented handler, in turns, on one PostgreSQL. */
export async function throughput(stage: Stage, { count, milliseconds }: Rounds): Promise<Throughput> {
  const receivers = [stage.ours, stage.documented, stage.keyObject];
  let last: readonly Measured[] = await inTurns(receivers, (receiver) => sendAndCount(stage, receiver, WARM_UP));
  let astray = lostIn(last);
  const rounds: Round[] = [];
  while (rounds.length < count) {
    const before = last;
    last = await inTurns(receivers, (receiver, nth) =>
      sendAndCount(stage, receiver, { count: enough(before[nth], milliseconds), milliseconds }),
    );
    astray += lostIn(last);
    const [ours = 0, documented = 0, keyObject = 0] = last.map(({ perSecond }) => perSecond);
    rounds.push([ours, documented, keyObject]);
  }
  return { row: toRow(rounds, astray), rounds };
}

async function inTurns(
  receivers: readonly Receiver[],
  send: (receiver: Receiver, nth: number) => Promise<Measured>,
): Promise<readonly Measured[]> {
  const measured: Measured[] = [];
  for (const [nth, receiver] of receivers.entries()) measured.push(await send(receiver, nth));
  return measured;
}

function lostIn(measured: readonly Measured[]): number {
  return measured.reduce((sum, { astray }) => sum + astray, 0);
}

/** So many that none runs out of them, judging by the round before. */
function enough(before: Measured | undefined, milliseconds: number): number {
  return Math.ceil(((before?.perSecond ?? 0) * 1.8 * milliseconds) / 1_000) + CONNECTIONS;
}

function toRow(rounds: readonly Round[], astray: number): Row {
  const ratios = rounds.map(([ours, documented]) => ours / documented);
  const middle = (side: 0 | 1 | 2): string => show(median(rounds.map((round) => round[side])));
  const documented = rounds.map((round) => round[1]);
  const moved = Math.max(...documented) / Math.min(...documented) - 1;
  const range = `${show(Math.min(...ratios))} to ${show(Math.max(...ratios))}`;
  const unsteady = moved > UNSTEADY ? `; the documented handler moved by ${(moved * 100).toFixed(0)} %` : '';
  return {
    measure: 'Postbacks a second ÷ the documented Express handler',
    value: median(ratios),
    unit: '×',
    pass: { at: 'least', mark: 3 },
    detail: `median of ${rounds.length} rounds, ${range}; ${middle(0)} against ${middle(1)} a second, ${middle(2)} with a key object; ${astray} lost${unsteady}`,
    sound: astray === 0,
  };
}
