import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { createSecret } from '../credentials';
import type { Fields, Secret, Value, Verdict } from '../provider';
import { verifyToken } from './verify';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const SECONDS = NOW.getTime() / 1000;
const KEY = createSecret();
const HEADER = { typ: 'JWT', alg: 'HS256' };
const CLAIMS = { id: 'AB12CD34', exp: SECONDS + 300 };

function secret(id: string, value: string, rest: Partial<Secret> = {}): Secret {
  return { id, value, signer: 'live', retiring: false, ...rest };
}

function encode(part: unknown): string {
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
}

function token(claims: unknown, header: unknown = HEADER, key: string = KEY, hash = 'sha256'): string {
  const signedPart = `${encode(header)}.${encode(claims)}`;
  return `${signedPart}.${createHmac(hash, key).update(signedPart).digest('base64url')}`;
}

function verify(
  sent: Value | undefined,
  secrets: readonly Secret[] = [secret('live', KEY)],
  invoiceId = 'AB12CD34',
): Verdict {
  const fields: Fields = sent === undefined ? { invoice_id: invoiceId } : { invoice_id: invoiceId, token: sent };
  return verifyToken(fields, secrets, NOW);
}

function reasonOf(verdict: Verdict): string {
  return verdict.authentic ? 'authentic' : verdict.reason;
}

function flagsOf(verdict: Verdict): readonly string[] {
  if (!verdict.authentic) throw new Error(verdict.reason);
  return verdict.flags.map(({ code }) => code);
}

test('a good token binds the invoice and comes back bare', () => {
  const good = token(CLAIMS);
  const expected = { authentic: true, grade: 'jwt', signer: 'live', secretId: 'live', token: good, flags: [] };
  expect(verify(good)).toEqual(expected);
  for (const wrapped of [` ${good}\n`, `b'${good}'`, `b"${good}"`, ` b' ${good} ' `])
    expect(verify(wrapped)).toEqual(expected);
});

test.each([undefined, null, '', '  ', [], ['x'], {}, true])('%j is no token', (sent) => {
  expect(reasonOf(verify(sent))).toBe('token_missing');
});

test.each([
  'x',
  'a.b',
  'a.b.c',
  "b''",
  `Bearer ${token(CLAIMS)}`,
  `${token(CLAIMS)}.x`,
  `${token(CLAIMS)}`.slice(0, -2),
])('%s is malformed', (sent) => expect(reasonOf(verify(sent))).toBe('token_malformed'));

test('only the canonical spelling of base64url counts', () => {
  const good = token(CLAIMS);
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const tail = alphabet[alphabet.indexOf(good.at(-1) ?? '') + 1] ?? '';
  expect(reasonOf(verify(`${good}=`))).toBe('token_malformed');
  expect(reasonOf(verify(good.slice(0, -1) + tail))).toBe('token_malformed');
  const [head, body] = good.split('.');
  expect(reasonOf(verify(`${head}.${body}.${'+/'.repeat(21)}A`))).toBe('token_malformed');
  expect(reasonOf(verify(good.replace('.', '.\n')))).toBe('token_malformed');
});

test.each([
  ['none', { alg: 'none' }],
  ['None', { alg: 'None' }],
  ['lower case', { alg: 'hs256' }],
  ['HS384', { alg: 'HS384' }],
  ['RS256', { alg: 'RS256', jku: 'https://evil.example/keys', kid: '../../etc/passwd' }],
  ['a list', { alg: ['HS256'] }],
  ['nothing', { typ: 'JWT' }],
])('algorithm %s is refused even with the right key', (_, header) => {
  expect(reasonOf(verify(token(CLAIMS, header)))).toBe('algorithm_refused');
});

test('an unsigned token is refused for its algorithm, and the right MAC of another hash for its own', () => {
  expect(reasonOf(verify(`${encode({ alg: 'none' })}.${encode(CLAIMS)}.`))).toBe('algorithm_refused');
  expect(reasonOf(verify(token(CLAIMS, { alg: 'HS512' }, KEY, 'sha512')))).toBe('algorithm_refused');
  expect(reasonOf(verify(token(CLAIMS, HEADER, KEY, 'sha512')))).toBe('token_wrong_key');
});

test('a header that points at keys is ignored', () => {
  const header = { ...HEADER, jku: 'https://evil.example/keys', jwk: { kty: 'oct', k: 'AAAA' }, kid: '1' };
  expect(reasonOf(verify(token(CLAIMS, header)))).toBe('authentic');
});

test('an unknown critical extension is refused', () => {
  expect(reasonOf(verify(token(CLAIMS, { ...HEADER, crit: ['x'], x: 1 })))).toBe('token_critical_header');
});

test('every flipped bit of the signature is refused, also cut short and far too long', () => {
  const good = token(CLAIMS);
  const [head, body, tail = ''] = good.split('.');
  const signature = Buffer.from(tail, 'base64url');
  for (let bit = 0; bit < 256; bit += 1) {
    const flipped = Buffer.from(signature);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(reasonOf(verify(`${head}.${body}.${flipped.toString('base64url')}`))).toBe('token_wrong_key');
  }
  expect(reasonOf(verify(`${head}.${body}.${signature.subarray(0, 16).toString('base64url')}`))).toBe(
    'token_wrong_key',
  );
  expect(reasonOf(verify(`${good}${'A'.repeat(200_000)}`))).toBe('token_malformed');
  expect(reasonOf(verify('A'.repeat(200_000)))).toBe('token_malformed');
});

test('a key twice inside the token is malformed', () => {
  expect(reasonOf(verify(token(`{"exp":${SECONDS - 600},"exp":${SECONDS + 300}}`)))).toBe('token_malformed');
  expect(reasonOf(verify(token(CLAIMS, '{"alg":"HS256","alg":"HS256"}')))).toBe('token_malformed');
  expect(reasonOf(verify(token('[1]')))).toBe('token_malformed');
});

describe('time', () => {
  test.each([
    [-20, 'authentic'],
    [-31, 'token_expired'],
    [-600, 'token_expired'],
    [300, 'authentic'],
  ])('exp in %i seconds: %s', (seconds, reason) => {
    expect(reasonOf(verify(token({ ...CLAIMS, exp: SECONDS + seconds })))).toBe(reason);
  });

  test.each([undefined, null, '9999999999', true, [SECONDS + 300]])('exp %j is none', (exp) => {
    expect(reasonOf(verify(token({ id: 'AB12CD34', exp })))).toBe('token_without_expiry');
  });

  test('a far expiry is accepted and flagged', () => {
    expect(flagsOf(verify(token({ ...CLAIMS, exp: SECONDS + 3600 })))).toEqual(['long_lived_token']);
    expect(flagsOf(verify(token({ ...CLAIMS, exp: SECONDS + 360 })))).toEqual([]);
  });

  test('nbf is honoured with the same leeway', () => {
    expect(reasonOf(verify(token({ ...CLAIMS, nbf: SECONDS + 20 })))).toBe('authentic');
    expect(reasonOf(verify(token({ ...CLAIMS, nbf: SECONDS + 60 })))).toBe('token_not_yet_valid');
    expect(reasonOf(verify(token({ ...CLAIMS, nbf: 'soon' })))).toBe('token_malformed');
  });

  test('a wrong key is named before an expiry', () => {
    expect(reasonOf(verify(token({ ...CLAIMS, exp: 1 }, HEADER, createSecret())))).toBe('token_wrong_key');
  });
});

describe('the invoice', () => {
  test.each(['INV-AB12CD34', 'inv-ab12cd34', 'ab12cd34'])('%s is the same', (id) => {
    expect(verify(token({ ...CLAIMS, id }))).toMatchObject({ authentic: true, grade: 'jwt' });
    expect(verify(token(CLAIMS), undefined, id)).toMatchObject({ authentic: true, grade: 'jwt' });
  });

  test.each(['ZZ12CD34', '', 'INV-', true, ['AB12CD34'], {}])('%j is another', (id) => {
    expect(reasonOf(verify(token({ ...CLAIMS, id })))).toBe('token_other_invoice');
  });

  test.each([13, undefined, null])('%j names none: signed, not bound', (id) => {
    const verdict = verify(token({ ...CLAIMS, id }));
    expect(verdict).toMatchObject({ authentic: true, grade: 'jwt_unbound', flags: [{ code: 'unbound_token' }] });
  });

  test('a body without an invoice id is left to the answer that names the field', () => {
    expect(verifyToken({ token: token(CLAIMS) }, [secret('live', KEY)], NOW).authentic).toBe(true);
  });
});

describe('secrets', () => {
  test('the previous one counts inside its grace and is flagged', () => {
    const secrets = [secret('new', createSecret()), secret('old', KEY, { retiring: true })];
    expect(verify(token(CLAIMS), secrets)).toMatchObject({ secretId: 'old', flags: [{ code: 'old_secret' }] });
  });

  test('the test secret says so', () => {
    const secrets = [secret('live', createSecret()), secret('test', KEY, { signer: 'test' })];
    expect(verify(token(CLAIMS), secrets)).toMatchObject({ authentic: true, signer: 'test', secretId: 'test' });
  });

  test('none, or only one that anybody would try', () => {
    expect(reasonOf(verify(token(CLAIMS), []))).toBe('no_secret');
    for (const weak of ['', 'secret', 'super-secret', 'SECRET', 'changeme', 'SECRET_KEY']) {
      expect(reasonOf(verify(token(CLAIMS, HEADER, weak), [secret('live', weak)]))).toBe('weak_secret');
    }
  });

  test('a test secret beside does not hide that there is no live one', () => {
    const ours = secret('test', createSecret(), { signer: 'test' });
    expect(reasonOf(verify(token(CLAIMS), [ours]))).toBe('no_secret');
    expect(reasonOf(verify(token(CLAIMS, HEADER, 'secret'), [ours, secret('live', 'secret')]))).toBe('weak_secret');
    expect(reasonOf(verify(token(CLAIMS), [ours, secret('live', createSecret())]))).toBe('token_wrong_key');
  });
});

describe('jose as an independent oracle', () => {
  const spoilt = fc.constantFrom('header', 'claims', 'signature', 'nothing');
  const claims = fc.record(
    {
      id: fc.constantFrom('AB12CD34', 'INV-AB12CD34'),
      exp: fc.integer({ min: SECONDS - 100, max: SECONDS + 400 }),
      nbf: fc.integer({ min: SECONDS - 100, max: SECONDS + 100 }),
    },
    { requiredKeys: ['id'] },
  );
  const header = fc.constantFrom({}, { typ: 'JWT' }, { kid: '1' }, { alg: 'HS384' }, { crit: ['x'], x: 1 });
  const key = fc.constantFrom(KEY, createSecret());

  test('accepts and refuses the same tokens', async () => {
    const property = fc.asyncProperty(claims, header, key, spoilt, async (said, head, signedWith, part) => {
      const good = token(said, { ...HEADER, ...head }, signedWith);
      const parts = good.split('.');
      const nth = ['header', 'claims', 'signature'].indexOf(part);
      const sent = parts.map((text, index) => (index === nth ? `${text.slice(0, -2)}AA` : text)).join('.');
      const options = { algorithms: ['HS256'], currentDate: NOW, clockTolerance: 30, requiredClaims: ['exp'] };
      const accepted = await jwtVerify(sent, new TextEncoder().encode(KEY), options).then(
        () => true,
        () => false,
      );
      expect([sent, verify(sent).authentic]).toEqual([sent, accepted]);
    });
    await fc.assert(property, { numRuns: 500 });
  });
});
