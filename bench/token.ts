import jwt from 'jsonwebtoken';
import { getProvider } from '@/lib/providers';
import type { Fields } from '@/lib/providers/provider';
import { SECRET } from './receivers';
import { median, type Row, show } from './row';
import { PROVIDER } from './stage';

const ROUNDS = 7;
const TOKENS = 2_000;

/** Our whole check of a body's token beside `jsonwebtoken.verify` with the secret as a string, as the documentation has it. */
export async function tokenCheck(): Promise<Row> {
  const provider = getProvider(PROVIDER);
  const sample = provider?.samples.find(({ name }) => name === 'paid');
  if (!provider || !sample) throw new Error(`${PROVIDER} has no sample of a payment.`);
  const now = new Date();
  const bodies: { bytes: Uint8Array; fields: Fields; headers: Headers }[] = [];
  for (let nth = 0; nth < TOKENS; nth += 1) {
    const { body } = await provider.sign(sample.build(now), SECRET, { now });
    const decoded = provider.decode(body);
    if (!decoded.ok) throw new Error('A sample cannot be read.');
    bodies.push({ bytes: body, fields: decoded.fields, headers: new Headers() });
  }
  const secrets = [{ id: '', signer: 'live', value: SECRET, retiring: false }] as const;
  const ours = async (): Promise<void> => {
    for (const body of bodies) {
      const verdict = await provider.verify({ ...body, secrets, now });
      if (!verdict.authentic) throw new Error(`A genuine token was refused: ${verdict.reason}.`);
    }
  };
  const theirs = async (): Promise<void> => {
    for (const { fields } of bodies) jwt.verify(String(fields.token), SECRET, { algorithms: ['HS256'] });
  };
  const pairs: (readonly [number, number])[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const pair = [await microseconds(ours), await microseconds(theirs)] as const;
    // The first only warms up.
    if (round > 0) pairs.push(pair);
  }
  const middle = (side: 0 | 1): string => show(median(pairs.map((pair) => pair[side])));
  return {
    measure: 'Checking a token ÷ jsonwebtoken.verify with a string',
    value: median(pairs.map(([a, b]) => a / b)),
    unit: '×',
    pass: { at: 'most', mark: 0.1 },
    detail: `median of ${ROUNDS} rounds of ${TOKENS}; ${middle(0)} against ${middle(1)} µs`,
    sound: true,
  };
}

/** Of one token. */
async function microseconds(check: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await check();
  return ((performance.now() - began) * 1_000) / TOKENS;
}
