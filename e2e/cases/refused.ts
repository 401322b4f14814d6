import { generateKeyPairSync, sign } from 'node:crypto';
import type { Fields } from '@/lib/providers/provider';
import type { Shop } from '../deployment';
import type { Outgoing } from '../http';
import { altered, bodyText, inSeconds, sampleOf, signed, tokenFor, withToken } from '../signed';
import { type Case, INVALID_TOKEN, refused, unreadable } from './case';

type MakeToken = (shop: Shop, fields: Fields) => unknown;

function tokenCase(title: string, reason: string, makeToken: MakeToken): Case {
  return {
    title,
    requests: async (shop) => {
      const fields = sampleOf(shop, 'paid');
      return [withToken(shop, fields, makeToken(shop, fields))];
    },
    answers: [INVALID_TOKEN],
    kept: [refused(reason)],
    invoices: [],
  };
}

/** Where a header may tell a careless library to fetch its key from; nothing listens, and nothing may ask. */
const ELSEWHERE = 'http://127.0.0.1:9/keys.json';

function rsaToken(_shop: Shop, fields: Fields): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signedPart = `${part({ typ: 'JWT', alg: 'RS256' })}.${part({ id: fields.invoice_id, exp: inSeconds(300) })}`;
  return `${signedPart}.${sign('sha256', Buffer.from(signedPart), privateKey).toString('base64url')}`;
}

function flipOneBit(token: string): string {
  const at = token.lastIndexOf('.') + 5;
  return `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`;
}

const foreign = (algorithm: string, hash: 'sha256' | 'sha384' | 'sha512'): MakeToken => {
  return (shop, fields) => tokenFor(shop.key, fields, { header: { alg: algorithm }, hash });
};

const TOKENS: readonly Case[] = [
  tokenCase('7 no token', 'token_missing', () => undefined),
  tokenCase('7 an empty token', 'token_missing', () => ''),
  tokenCase('7 a token that is a list', 'token_missing', (shop, fields) => [tokenFor(shop.key, fields)]),
  tokenCase('7 a token that is an object', 'token_missing', (shop, fields) => ({ jwt: tokenFor(shop.key, fields) })),
  tokenCase('8 alg none without a signature', 'algorithm_refused', (shop, fields) =>
    tokenFor(shop.key, fields, { header: { alg: 'none' } }).replace(/[^.]*$/, ''),
  ),
  tokenCase('8 HS384', 'algorithm_refused', foreign('HS384', 'sha384')),
  tokenCase('8 HS512', 'algorithm_refused', foreign('HS512', 'sha512')),
  tokenCase('8 hs256 with the right signature', 'algorithm_refused', foreign('hs256', 'sha256')),
  tokenCase('8 RS256', 'algorithm_refused', rsaToken),
  tokenCase('8 a key named by jku, of another', 'token_wrong_key', (_, fields) =>
    tokenFor('the key that stands elsewhere', fields, { header: { jku: ELSEWHERE, kid: '../../dev/null' } }),
  ),
  tokenCase('8 a key brought along as jwk', 'token_wrong_key', (_, fields) =>
    tokenFor('brought along', fields, { header: { jwk: { kty: 'oct', k: 'YnJvdWdodCBhbG9uZw' } } }),
  ),
  tokenCase('8 an unknown crit', 'token_critical_header', (shop, fields) =>
    tokenFor(shop.key, fields, { header: { crit: ['b64'], b64: true } }),
  ),
  tokenCase('9 one bit of the signature flipped', 'token_wrong_key', (shop, fields) =>
    flipOneBit(tokenFor(shop.key, fields)),
  ),
  tokenCase('9 cut short', 'token_wrong_key', (shop, fields) => tokenFor(shop.key, fields).slice(0, -3)),
  tokenCase(
    '9 200 KB long',
    'token_malformed',
    (shop, fields) => `${tokenFor(shop.key, fields)}${'A'.repeat(200_000)}`,
  ),
  tokenCase('10 expired ten minutes ago', 'token_expired', (shop, fields) =>
    tokenFor(shop.key, fields, { claims: { exp: inSeconds(-600) } }),
  ),
  tokenCase('10 never expires', 'token_without_expiry', (shop, fields) =>
    tokenFor(shop.key, fields, { claims: { exp: undefined } }),
  ),
  tokenCase('10 not valid yet', 'token_not_yet_valid', (shop, fields) =>
    tokenFor(shop.key, fields, { claims: { nbf: inSeconds(600) } }),
  ),
  tokenCase('11 of another invoice of the same project', 'token_other_invoice', (shop, fields) =>
    tokenFor(shop.key, fields, { claims: { id: 'ANOTHER1' } }),
  ),
];

function bodyCase(title: string, reason: string, error: string, body: string | Uint8Array): Case {
  const request = async (shop: Shop): Promise<readonly Outgoing[]> => [
    { path: shop.path, body, headers: { 'content-type': 'application/json' } },
  ];
  const kept = [{ outcome: 'unreadable', reason, answer_status: 400, invoice_id: null }];
  return { title, requests: request, answers: [unreadable(error)], kept, invoices: [] };
}

function brokenCase(title: string, error: string, breakIt: (text: string) => string): Case {
  return {
    title,
    requests: async (shop) => [altered(await signed(shop, sampleOf(shop, 'paid')), breakIt)],
    answers: [unreadable(error)],
    kept: [{ outcome: 'unreadable', reason: 'bad_json', answer_status: 400 }],
    invoices: [],
  };
}

const BODIES: readonly Case[] = [
  bodyCase('20 an empty body', 'empty', 'The body is empty.', ''),
  bodyCase('20 null', 'not_an_object', 'The body is a single value, not an object.', 'null'),
  bodyCase('20 a list', 'not_an_object', 'The body is JSON but not an object.', '[]'),
  bodyCase('20 a text', 'not_an_object', 'The body is JSON but not an object.', '"x"'),
  brokenCase('21 a trailing comma', 'Not JSON: a trailing comma before a closing bracket.', (text) =>
    text.replace(/\}$/, ',}'),
  ),
  brokenCase('21 curly quotes', 'Not JSON: curly quotes instead of straight ones.', (text) =>
    text.replace('"status"', '“status”'),
  ),
  brokenCase('21 NaN', 'Not JSON: NaN is not a JSON number.', (text) =>
    text.replace('"amount_crypto":24.61', '"amount_crypto":NaN'),
  ),
  bodyCase(
    '22 invalid UTF-8',
    'bad_encoding',
    'The body is not valid UTF-8.',
    new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]),
  ),
  bodyCase('a key twice', 'repeated_key', 'The same key stands twice in one object.', '{"status":"a","status":"a"}'),
  bodyCase('nested 65 deep', 'too_deep', 'Nested deeper than 64 levels.', `${'['.repeat(65)}${']'.repeat(65)}`),
];

export const REFUSED: readonly Case[] = [
  ...TOKENS,
  {
    title: '9 cut short with the whole body',
    requests: async (shop) => {
      const request = await signed(shop, sampleOf(shop, 'paid'));
      return [{ ...request, body: bodyText(request).slice(0, -40) }];
    },
    answers: [unreadable('Not JSON: the body ends in the middle.')],
    kept: [{ outcome: 'unreadable', reason: 'bad_json' }],
    invoices: [],
  },
  {
    title: '11 a token of another project',
    requests: async (shop, other) => [await signed(shop, sampleOf(shop, 'paid'), { key: other.key })],
    answers: [INVALID_TOKEN],
    kept: [refused('token_wrong_key')],
    invoices: [],
  },
  {
    title: '13 a project without a secret',
    withoutSecret: true,
    requests: async (shop) => [await signed(shop, sampleOf(shop, 'paid'))],
    answers: [INVALID_TOKEN],
    kept: [refused('no_secret')],
    invoices: [],
  },
  ...BODIES,
];
