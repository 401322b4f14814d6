import { expect, it } from 'vitest';
import { asksFor, Messages } from './wire';

function message(type: string, body: string): Buffer {
  const bytes = Buffer.from(body, 'latin1');
  const head = Buffer.alloc(4);
  head.writeUInt32BE(bytes.length + 4);
  return Buffer.concat([Buffer.from(type), head, bytes]);
}

const STARTUP = message('', '\0\x03\0\0user\0postgres\0\0');
const TLS = message('', '\x04\xd2\x16\x2f');
const BIND = message('B', '\0ledger_write\0rest');

it('finds the same messages however the stream is cut into pieces', () => {
  const stream = Buffer.concat([TLS, STARTUP, BIND, message('S', '')]);
  for (let size = 1; size <= stream.length; size += 1) {
    const messages = new Messages(false);
    const types: string[] = [];
    for (let at = 0; at < stream.length; at += size) {
      types.push(...messages.take(stream.subarray(at, at + size)).map(({ type }) => type));
    }
    expect(types).toEqual(['', '', 'B', 'S']);
  }
});

it('knows a statement by its name where it is planned and where it is run', () => {
  const [bind] = new Messages(true).take(BIND);
  const [parse] = new Messages(true).take(message('P', 'ledger_write\0insert\0'));
  const [other] = new Messages(true).take(message('B', 'ledger_write\0ledger_read\0'));
  expect([bind, parse, other].map((one) => one !== undefined && asksFor(one, 'ledger_write'))).toEqual([
    true,
    true,
    false,
  ]);
});
