import type { Receiver } from './receivers';
import { median, type Row, show } from './row';
import { type Measured, type Stage, sendAndCount } from './stage';

const A_SECOND = 200;
const ROUNDS = 5;
const MILLISECONDS = 4_000;

/** How late an answer comes at a steady 200 a second, from when each postback was due: ours beside the documented handler. */
export async function latency(stage: Stage, route: Receiver): Promise<readonly Row[]> {
  const order = { count: (A_SECOND * MILLISECONDS) / 1_000, milliseconds: 4 * MILLISECONDS, perSecond: A_SECOND };
  const send = (receiver: Receiver): Promise<Measured> => sendAndCount(stage, receiver, order);
  const rounds: (readonly [ours: Measured, documented: Measured, route: Measured])[] = [];
  while (rounds.length < ROUNDS) {
    rounds.push([await send(stage.ours), await send(stage.documented), await send(route)]);
  }
  const of = (side: 0 | 1 | 2, figure: 'p50' | 'p99' | 'p999'): number =>
    median(rounds.map((round) => round[side][figure]));
  const sound = rounds.flat().every(({ astray }) => astray === 0);
  const ratios = rounds.map(([ours, documented]) => ours.p99 / documented.p99);
  const routed = rounds.map(([, documented, routes]) => routes.p99 / documented.p99);
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
      measure: `The same through the route`,
      value: median(routed),
      unit: '×',
      pass: { at: 'most', mark: 1.2 },
      detail: `${show(Math.min(...routed))} to ${show(Math.max(...routed))}; p50 ${show(of(2, 'p50'))} ms, p99 ${show(of(2, 'p99'))} ms`,
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
