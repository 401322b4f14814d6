import { expect, test } from 'vitest';
import { createSecret } from '../credentials';
import { sign } from './sign';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const FIELDS = {
  status: 'success',
  invoice_id: 'INV-QW3RTY78',
  amount_crypto: '0.000000000000000001',
  currency: 'ETH',
  order_id: null,
  invoice_info: { fee: '1.499999996212864e-06', address: '5', test_mode: false },
};

function claimsOf(token: string | undefined): unknown {
  return JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString());
}

test('JSON has numbers where the provider has them, digit for digit', async () => {
  const { body, headers } = await sign(FIELDS, createSecret(), { now: NOW });
  const text = new TextDecoder().decode(body);
  expect(text).toContain('"amount_crypto":0.000000000000000001,');
  expect(text).toContain('"fee":1.499999996212864e-06,"address":"5","test_mode":false');
  expect(text).toContain('"order_id":null');
  expect(headers).toEqual({ 'content-type': 'application/json', 'user-agent': 'Cryptocloud POSTBACK v2' });
  const exp = NOW.getTime() / 1000 + 300;
  expect(claimsOf(JSON.parse(text).token)).toEqual({ id: 'QW3RTY78', exp });
});

test('a form has the six fields at most', async () => {
  const { body, headers } = await sign(FIELDS, createSecret(), { now: NOW, format: 'form' });
  const form = new URLSearchParams(new TextDecoder().decode(body));
  expect([...form.keys()]).toEqual(['status', 'invoice_id', 'amount_crypto', 'currency', 'token']);
  expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
});
