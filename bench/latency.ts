import type { Receiver } from './receivers';
import { median, type Row, show } from './row';
import { type Measured, type Stage, sendAndCount } from './stage';

const A_SECOND = 200;
const ROUNDS = 5;
const MILLISECONDS = 4_000;

/** How late an answer comes at a steady 200 a second, from when each postback was due: ours beside the documented handler. */
export async function latency(stage: Stage): Promise<readonly Row[]> {
  const order = { count: (A_SECOND * MILLISECONDS) / 1_000, milliseconds: 4 * MILLISECONDS, perSecond: A_SECOND };
  const send = (receiver: Receiver): Promise<Measured> => sendAndCount(stage, receiver, order);
  const pairs: (readonly [Measured, Measured])[] = [];
  while (pairs.length < ROUNDS) pairs.push([await send(stage.ours), await send(stage.documented)]);
  const of = (side: 0 | 1, figure: 'p50' | 'p99' | 'p999'): number => median(pairs.map((pair) => pair[side][figure]));
  const sound = pairs.flat().every(({ astray }) => astray === 0);
  const ratios = pairs.map(([a, b]) => a.p99 / b.p99);
  return [
    {
      measure: `Postback p99 at ${A_SECOND} a second ÷ the documented handler`,
      value: median(ratios),
      unit: '×',
      pass: { at: 'most', mark: 0.8 },
      detail: `median of ${ROUNDS} rounds, ${show(Math.min(...ratios))} to ${show(Math.max(...ratios))}; p50 ${show(of(0, 'p50'))} against ${show(of(1, 'p50'))} ms, p99 ${show(of(0, 'p99'))} against ${show(of(1, 'p99'))} ms`,
      sound,
    },
    {
      measure: `Postback p99.9 at ${A_SECOND} a second`,
      value: of(0, 'p999'),
      unit: 'ms',
      pass: { at: 'most', mark: 1_000 },
      detail: `the documented handler ${show(of(1, 'p999'))} ms`,
      sound,
    },
  ];
}
