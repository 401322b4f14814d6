import { createHmac } from 'node:crypto';
import type { Random } from '@/lib/fold/random.testing';
import type { Fields } from '@/lib/providers/provider';
import type { Shop } from '../e2e/deployment';
import { NASTY_BYTES, NASTY_TEXTS, NASTY_VALUES } from './nasties';

export interface Genuine {
  readonly shop: Shop;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly format: 'json' | 'form';
}

type Mutation = (random: Random, body: Buffer, format: Genuine['format']) => Buffer;

/** One to three changes, the same for the same seed. */
export function mutated(random: Random, { body, format }: Genuine): Buffer {
  let changed = body;
  for (let times = 1 + random.int(3); times > 0; times -= 1) {
    const mutation = random.pick(random.chance(0.7) ? GRAMMATICAL : CRUDE);
    changed = mutation(random, changed, format);
  }
  return changed;
}

/** Changes that keep JSON JSON and a form a form, so that they reach what reads fields. */
const GRAMMATICAL: readonly [Mutation, ...Mutation[]] = [
  onFields((random, fields) => ({ ...fields, [anyName(random, fields)]: random.pick(NASTY_VALUES) })),
  onFields((random, fields) => ({ ...fields, [anyName(random, fields)]: random.pick(NASTY_TEXTS) })),
  onFields((random, fields) => omit(fields, anyName(random, fields))),
  onFields((random, fields) => ({ ...fields, [random.pick(NASTY_TEXTS)]: random.pick(NASTY_VALUES) })),
  onFields((random, fields) => ({ ...fields, [anyName(random, fields)]: fields[anyName(random, fields)] })),
  onFields((random, fields) => inside(random, fields)),
  onFields((random, fields) => Object.fromEntries(random.shuffle(Object.entries(fields)))),
  onText((random, text) =>
    text.replace(/"[^"]*"/, random.pick(['"\\u0000"', '"\\ud800"', '1e400', '-0', 'null', '""'])),
  ),
  onText(
    (random, text) =>
      `${text.slice(0, -1)}${text.endsWith('}') ? `,"${anyKey(random, text)}":1}` : `&status=${random.int(9)}`}`,
  ),
];

/** Changes that know nothing of grammar. */
const CRUDE: readonly [Mutation, ...Mutation[]] = [
  (random, body) => body.subarray(0, random.int(body.length + 1)),
  (random, body) => flipped(body, random.int(Math.max(1, body.length)), 1 << random.int(8)),
  (random, body) => spliced(body, random.int(body.length + 1), random.pick(NASTY_BYTES)),
  (random, body) => Buffer.concat([random.pick(NASTY_BYTES), body]),
  (random, body) => Buffer.concat([body, body.subarray(random.int(body.length + 1))]),
  (random) => random.pick(NASTY_BYTES),
  (random, body) => Buffer.concat([body, Buffer.alloc(random.int(300 * 1024), ' ')]),
  (random) => Buffer.from('['.repeat(1 + random.int(100_000))),
  (random) => Buffer.from('{"a":'.repeat(1 + random.int(40_000))),
  (random) => Buffer.from(Array.from({ length: random.int(5_000) }, (_, index) => `k${index}=${index}`).join('&')),
];

type Changeable = Readonly<Record<string, unknown>>;

function onFields(change: (random: Random, fields: Changeable) => Changeable): Mutation {
  return (random, body, format) => {
    const text = body.toString();
    if (format === 'form') {
      const changed = Object.entries(change(random, Object.fromEntries(new URLSearchParams(text))));
      return Buffer.from(new URLSearchParams(changed.map(([name, value]) => [name, plain(value)])).toString());
    }
    return Buffer.from(JSON.stringify(change(random, parsed(text))));
  };
}

function onText(change: (random: Random, text: string) => string): Mutation {
  return (random, body) => Buffer.from(change(random, body.toString()));
}

/** Of a body that is broken already, nothing. */
function parsed(text: string): Changeable {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function anyName(random: Random, fields: Changeable): string {
  const [first = 'status', ...others] = Object.keys(fields);
  return random.pick([first, ...others]);
}

function anyKey(random: Random, text: string): string {
  return random.pick([
    'status',
    'invoice_id',
    'amount_crypto',
    'id',
    'amount',
    'token',
    text.slice(2, 8).replace(/\W/g, ''),
  ]);
}

function omit(fields: Changeable, name: string): Changeable {
  return Object.fromEntries(Object.entries(fields).filter(([own]) => own !== name));
}

/** The same one level down. */
function inside(random: Random, fields: Changeable): Changeable {
  const nested = Object.entries(fields).filter(([, value]) => typeof value === 'object' && value !== null);
  const [name, value] = nested[random.int(Math.max(1, nested.length))] ?? [];
  if (name === undefined) return fields;
  const within: Changeable = { ...(value as object) };
  return { ...fields, [name]: { ...within, [anyName(random, within)]: random.pick(NASTY_VALUES) } };
}

function flipped(body: Buffer, at: number, bit: number): Buffer {
  const changed = Buffer.from(body);
  if (at < changed.length) changed[at] = (changed[at] ?? 0) ^ bit;
  return changed;
}

function spliced(body: Buffer, at: number, bytes: Buffer): Buffer {
  return Buffer.concat([body.subarray(0, at), bytes, body.subarray(at)]);
}

/**
 * Whether the project's key signed it, told without the product's own verifier: of a token its HMAC. A signature over
 * the whole body fits no mutant but one that says the same.
 */
export function isAuthentic({ provider, key }: Shop, fields: Fields): boolean {
  if (provider.credential !== 'secret') return true;
  const token = typeof fields.token === 'string' ? fields.token : '';
  const [, head, claims, signature] = /([\w-]+)\.([\w-]+)\.([\w-]+)/.exec(token) ?? [];
  return signature === createHmac('sha256', key).update(`${head}.${claims}`).digest('base64url');
}
