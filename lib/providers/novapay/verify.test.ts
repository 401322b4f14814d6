import { expect, test } from 'vitest';
import type { Secret, Verdict } from '../provider';
import { createKeyPair } from './keys';
import { sign } from './sign';
import { verifySignature } from './verify';

const OURS = createKeyPair();
const OTHER = createKeyPair();
const SECRETS: readonly Secret[] = [{ id: 'live', signer: 'live', value: OURS.verify, retiring: false }];
const SIGNED = await sign({ id: 'f0000000', status: 'paid', amount: '53.10' }, OURS.sign ?? '');
const FOREIGN = await sign({ id: 'f0000000', status: 'paid', amount: '53.10' }, OTHER.sign ?? '');

function verify(
  headers: Record<string, string>,
  secrets: readonly Secret[] = SECRETS,
  body: Uint8Array = SIGNED.body,
): Verdict {
  return verifySignature(body, new Headers(headers), secrets);
}

function header(signed: typeof SIGNED, name: string): string {
  return signed.headers[name] ?? '';
}

const V2 = header(SIGNED, 'x-sign-v2');
const V1 = header(SIGNED, 'x-sign');

test('the newer signature is good, with or without the older one beside it', () => {
  const expected = { authentic: true, grade: 'rsa', signer: 'live', secretId: 'live', token: null, flags: [] };
  expect(verify({ 'x-sign-v2': V2 })).toEqual(expected);
  expect(verify({ 'X-Sign-V2': V2, 'X-Sign': V1 })).toEqual(expected);
});

test('the older one alone is accepted and said to be old', () => {
  expect(verify({ 'x-sign': V1 })).toMatchObject({ grade: 'rsa_legacy', flags: [{ code: 'legacy_signature' }] });
});

test('the older header alone may hold a signature as the newer one has it', () => {
  expect(verify({ 'x-sign': V2 })).toMatchObject({ authentic: true, grade: 'rsa', flags: [] });
  expect(verify({ 'x-sign': header(FOREIGN, 'x-sign-v2') })).toEqual({
    authentic: false,
    reason: 'signature_wrong_key',
  });
});

test.each([
  ['the newer one twice', { 'x-sign-v2': `${V2}, ${V2}` }, 'rsa'],
  ['the newer one three times', { 'x-sign-v2': `${V2},${V2} ,  ${V2}` }, 'rsa'],
  ['the newer one once more, blank', { 'x-sign-v2': `${V2}, ` }, 'rsa'],
  ['the older one twice', { 'x-sign': `${V1}, ${V1}` }, 'rsa_legacy'],
  ['the older one twice, as SHA-256', { 'x-sign': `${V2}, ${V2}` }, 'rsa'],
])('equal values of one header are one: %s', (_, headers, grade) => {
  expect(verify(headers as Record<string, string>)).toMatchObject({ authentic: true, grade });
});

test('different values of one header are no signature, whichever of them is right', () => {
  const foreign = header(FOREIGN, 'x-sign-v2');
  for (const value of [`${V2}, ${foreign}`, `${foreign}, ${V2}`, `${V2}, ${V1}`]) {
    for (const name of ['x-sign-v2', 'x-sign']) {
      expect(verify({ [name]: value })).toEqual({ authentic: false, reason: 'signature_malformed' });
    }
  }
  expect(verify({ 'x-sign-v2': ' , ,' })).toEqual({ authentic: false, reason: 'signature_missing' });
});

test('where the newer one is present only it counts', () => {
  expect(verify({ 'x-sign-v2': header(FOREIGN, 'x-sign-v2'), 'x-sign': V1 })).toMatchObject({
    reason: 'signature_wrong_key',
  });
  expect(verify({ 'x-sign-v2': V1, 'x-sign': V1 })).toMatchObject({ reason: 'signature_wrong_key' });
  expect(verify({ 'x-sign-v2': 'not base64!', 'x-sign': V2 })).toMatchObject({ reason: 'signature_malformed' });
  expect(verify({ 'x-sign-v2': '', 'x-sign': V1 })).toMatchObject({ reason: 'signature_missing' });
});

test.each([
  [{}, 'signature_missing'],
  [{ 'x-sign-v2': 'not base64!' }, 'signature_malformed'],
  [{ 'x-sign-v2': `${V2}=` }, 'signature_malformed'],
  [{ 'x-sign-v2': V2.replace(/=+$/, '') }, 'signature_malformed'],
  [{ 'x-sign-v2': 'A'.repeat(100_000) }, 'signature_malformed'],
  [{ 'x-sign-v2': V2.slice(0, 100) }, 'signature_wrong_key'],
  [{ 'x-sign-v2': header(FOREIGN, 'x-sign-v2') }, 'signature_wrong_key'],
])('refused: %#', (headers, reason) => {
  expect(verify(headers as Record<string, string>)).toEqual({ authentic: false, reason });
});

test('one changed byte of the body is refused', () => {
  const body = SIGNED.body.map((byte, index) => (index === 10 ? byte ^ 1 : byte));
  expect(verify({ 'x-sign-v2': V2 }, SECRETS, body)).toMatchObject({ reason: 'signature_wrong_key' });
});

test('a retiring key and the test key are told apart', () => {
  const other: Secret = { id: 'new', signer: 'live', value: OTHER.verify, retiring: false };
  const old: Secret = { id: 'old', signer: 'live', value: OURS.verify, retiring: true };
  expect(verify({ 'x-sign-v2': V2 }, [other, old])).toMatchObject({ secretId: 'old', flags: [{ code: 'old_secret' }] });
  const ours: Secret = { id: 'test', signer: 'test', value: OURS.verify, retiring: false };
  expect(verify({ 'x-sign-v2': V2 }, [other, ours])).toMatchObject({ signer: 'test' });
});

test('without a usable key nothing is authentic', () => {
  const broken: Secret = { id: 'x', signer: 'live', value: 'not a key', retiring: false };
  const ours: Secret = { id: 'test', signer: 'test', value: OTHER.verify, retiring: false };
  expect(verify({ 'x-sign-v2': V2 }, [])).toMatchObject({ reason: 'no_secret' });
  expect(verify({ 'x-sign-v2': V2 }, [broken])).toMatchObject({ reason: 'weak_secret' });
  expect(verify({ 'x-sign-v2': V2 }, [ours])).toMatchObject({ reason: 'no_secret' });
  expect(verify({ 'x-sign-v2': V2 }, [broken, ours])).toMatchObject({ reason: 'weak_secret' });
});
