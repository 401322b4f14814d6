import { median, type Row, show } from './row';
import { type Stage, sendAndCount } from './stage';

const POSTBACKS = 10_000;
const ROUNDS = 2;
const PATIENCE_MS = 120_000;

/** Ten thousand copies of one postback beside ten thousand different ones: a provider that tries again must cost no more. */
export async function repeats(stage: Stage): Promise<Row> {
  const order = { count: POSTBACKS, milliseconds: PATIENCE_MS };
  const pairs: (readonly [number, number])[] = [];
  let astray = 0;
  while (pairs.length < ROUNDS) {
    const copies = await sendAndCount(stage, stage.ours, { ...order, variety: 'copies' });
    const different = await sendAndCount(stage, stage.ours, order);
    astray += copies.astray + different.astray;
    pairs.push([copies.perSecond, different.perSecond]);
  }
  const middle = (side: 0 | 1): string => show(median(pairs.map((pair) => pair[side])));
  return {
    measure: `${POSTBACKS} copies of one postback ÷ ${POSTBACKS} different ones, a second`,
    value: median(pairs.map(([copies, different]) => copies / different)),
    unit: '×',
    pass: { at: 'least', mark: 1 },
    detail: `median of ${ROUNDS} rounds; ${middle(0)} against ${middle(1)} a second; ${astray} lost`,
    sound: astray === 0,
  };
}
