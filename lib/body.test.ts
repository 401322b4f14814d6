import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalContent, decodeBody, skimBody } from './body';
import { writeJson } from './json';
import type { Decoded, Fields } from './providers/provider';

const KNOWN = ['status', 'invoice_id'];
const NO_NUMBERS: ReadonlySet<string> = new Set();

function decode(body: string | Uint8Array): Decoded {
  return decodeBody(typeof body === 'string' ? new TextEncoder().encode(body) : body, KNOWN);
}

function fieldsOf(body: string | Uint8Array): Fields {
  const decoded = decode(body);
  if (!decoded.ok) throw new Error(`${decoded.reason}: ${decoded.detail}`);
  return decoded.fields;
}

function reasonOf(body: string | Uint8Array): string {
  const decoded = decode(body);
  return decoded.ok ? 'ok' : decoded.reason;
}

describe('JSON', () => {
  test('numbers stay the digits that were sent', () => {
    const body =
      '{"a":0.000000000000000001,"b":1234567.123456789012345678,"c":1.13e-05,"d":1E400,"e":-0.0,"f":[1,"2"]}';
    expect(fieldsOf(body)).toEqual({
      a: '0.000000000000000001',
      b: '1234567.123456789012345678',
      c: '1.13e-05',
      d: '1E400',
      e: '-0.0',
      f: ['1', '2'],
    });
  });

  test('a byte order mark and blanks around are forgiven', () => {
    expect(fieldsOf('\uFEFF \r\n{"status":"success"}\n')).toEqual({ status: 'success' });
  });

  test.each([
    '{"a":1,"a":1}',
    '{"a":1,"a":2}',
    '{"a":{"b":[{"c":null,"c":null}]}}',
    '{"__proto__":1,"__proto__":2}',
    String.raw`{"a":1,"\u0061":1}`,
  ])('a key twice is refused: %s', (body) => {
    expect(reasonOf(body)).toBe('repeated_key');
  });

  test('the same key in different objects, and as a value, is none', () => {
    expect(reasonOf('{"a":{"a":"a"},"b":["a","a",{"a":1},{"a":1}],"c":"{\\"a\\":1,\\"a\\":1}"}')).toBe('ok');
  });

  test('64 levels pass, 65 do not, and a hundred thousand neither crash nor wait', () => {
    const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
    expect(reasonOf(nested(64))).toBe('ok');
    expect(reasonOf(nested(65))).toBe('too_deep');
    expect(reasonOf('['.repeat(256_000))).toBe('too_deep');
    expect(reasonOf('{"a":'.repeat(50_000))).toBe('too_deep');
  });

  test('names of Object.prototype are ordinary keys', () => {
    const fields = fieldsOf('{"__proto__":{"polluted":true},"constructor":{"prototype":1},"hasOwnProperty":2}');
    expect(Object.keys(fields)).toEqual(['__proto__', 'constructor', 'hasOwnProperty']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(fields)).not.toHaveProperty('polluted');
  });

  test.each([
    ['{"a":1,}', 'trailing comma'],
    ['{\u201Ca\u201D:1}', 'curly quotes'],
    ['{"a":NaN}', 'NaN'],
    ['{"a":None}', 'None'],
    ["{'a':1}", 'single quotes'],
    ['{"a":"secret text', 'ends in the middle'],
    ['{"a":1} secret', 'position 8'],
    ['{"a":01}', 'position'],
    ['{"a":"tab\there"}', 'position'],
  ])('%s is explained without repeating it', (body, hint) => {
    const decoded = decode(body);
    expect(decoded).toMatchObject({ ok: false, reason: 'bad_json', detail: expect.stringContaining(hint) });
    expect(JSON.stringify(decoded)).not.toContain('secret');
  });

  test('agrees with JSON.parse about every object', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (value) => {
        const strict = JSON.parse(JSON.stringify(value), (_, inner) =>
          typeof inner === 'number' ? String(inner) : inner,
        );
        const viaDigits = fieldsOf(JSON.stringify(strict));
        expect(viaDigits).toEqual(strict);
      }),
    );
  });
});

test.each([
  ['', 'empty'],
  [' \n\t', 'empty'],
  ['\uFEFF', 'empty'],
  ['[]', 'not_an_object'],
  ['"x"', 'not_an_object'],
  ['null', 'not_an_object'],
  ['12', 'not_an_object'],
  ['NaN', 'bad_json'],
  ['hello', 'not_a_form'],
  ['a=1&b=2', 'not_a_form'],
  ['<xml status="1"/>', 'not_a_form'],
  [new Uint8Array([0x7b, 0xff, 0x7d]), 'bad_encoding'],
  [new Uint8Array([0xff, 0xfe, 0x7b, 0x00]), 'bad_encoding'],
  ['status=%ff', 'bad_encoding'],
  ['status=%zz', 'bad_encoding'],
  ['status=1&status=1', 'repeated_key'],
  ['status=1&st%61tus=2', 'repeated_key'],
])('%j is unreadable: %s', (body, reason) => {
  expect(reasonOf(body)).toBe(reason);
});

test('a form is read with plus signs, percent encoding and names without a value', () => {
  const fields = fieldsOf('status=success&order_id=A+1%2B%D0%86%3D&&token&__proto__=x');
  expect(Object.entries(fields)).toEqual([
    ['status', 'success'],
    ['order_id', 'A 1+І='],
    ['token', ''],
    ['__proto__', 'x'],
  ]);
});

test('256 KB of whatever is hostile is answered', () => {
  const many = Array.from({ length: 30_000 }, (_, index) => index);
  expect(reasonOf(`{${many.map((key) => `"${key}":1`).join(',')}}`)).toBe('ok');
  expect(reasonOf(`status=1&${many.map((key) => `k${key}=1`).join('&')}`)).toBe('ok');
  expect(reasonOf(`{"a":"${'\\"'.repeat(120_000)}"}`)).toBe('ok');
  expect(reasonOf(`{"a":"${'\\'.repeat(250_000)}`)).toBe('bad_json');
  expect(reasonOf(`{${','.repeat(250_000)}`)).toBe('bad_json');
  expect(reasonOf(`{${'"'.repeat(250_000)}`)).toBe('bad_json');
  expect(reasonOf(`{"a":${'1'.repeat(250_000)}}`)).toBe('ok');
  expect(reasonOf('&'.repeat(250_000))).toBe('not_a_form');
});

test('random bytes never throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => typeof decodeBody(bytes, KNOWN).ok === 'boolean'),
  );
});

describe('canonicalContent', () => {
  test('is the same for every order of keys and for a form, whatever the token', () => {
    const json = fieldsOf('{"status":"success","amount_crypto":1.50,"token":"x","deep":{"b":1,"a":[2,1]}}');
    const other = fieldsOf('{"deep":{"a":[2,1],"b":1},"token":"y","amount_crypto":1.50,"status":"success"}');
    expect(canonicalContent(json, ['token'])).toBe(canonicalContent(other, ['token']));
    const flat = fieldsOf('{"status":"success","amount_crypto":1.50}');
    expect(canonicalContent(fieldsOf('amount_crypto=1.50&status=success'), [])).toBe(canonicalContent(flat, []));
  });

  test('differs where the content differs', () => {
    const spellings = [
      '{"a":1}',
      '{"a":1.0}',
      '{"a":[1]}',
      '{"a":null}',
      '{"a":true}',
      '{"a":"true"}',
      '{"a":{"b":1}}',
      '{}',
    ];
    const spoken = spellings.map((body) => canonicalContent(fieldsOf(body), []));
    expect(new Set(spoken).size).toBe(spellings.length);
    expect(canonicalContent(fieldsOf('{"a":["1,2"]}'), [])).not.toBe(canonicalContent(fieldsOf('{"a":[1,2]}'), []));
    expect(canonicalContent(fieldsOf('{"__proto__":1}'), [])).not.toBe(canonicalContent({}, []));
    expect(canonicalContent(fieldsOf('{"in":{"token":1}}'), ['token'])).toContain('token');
  });
});

describe('Skimming a body that nobody has verified', () => {
  const skim = (body: string): Decoded => skimBody(new TextEncoder().encode(body), ['token', 'invoice_id'], KNOWN);
  const read = { token: 'a.b', invoice_id: 'X1' };

  test.each([
    ['JSON', '{"token":"a.b","invoice_id":"X1"}'],
    ['JSON with other fields around', '{"a":{"token":"no"},"token":"a.b","b":["token",1],"invoice_id":"X1"}'],
    ['JSON that escapes names', '{"\\u0074o\\u006Ben":"a.b","\\u0069nvoice_\\u0069d":"X\\u0031"}'],
    ['JSON that says them twice', '{"token":"a.b","token":"no","invoice_id":"X1"}'],
    ['names that only begin alike', '{"tokens":"no","toke":"no","token ":"no","token":"a.b","invoice_id":"X1"}'],
    ['names with broken escapes', '{"\\x74oken":"no","\\u00":"no","token":"a.b","invoice_id":"X1"}'],
    ['a form', 'token=a.b&invoice_id=X1'],
    ['a form with fields that have no value', 'status&a&&token=a.b&b&invoice_id=X%31&c'],
    ['a form that escapes names', '%74oken=a.b&invoice%5Fid=X1&token=no'],
    ['a form with characters that hold the byte of =', 'status&㴽=㴽&token=a.b&㴽&invoice_id=X1'],
  ])('reads the first of each field: %s', (_, body) => {
    expect(skim(body)).toMatchObject({ ok: true, fields: read });
  });

  test('says of one that is nested too deep or does not end that it cannot be read', () => {
    expect(skim(`{"token":"a.b","a":${'['.repeat(64)}${']'.repeat(64)}}`)).toMatchObject({ reason: 'too_deep' });
    expect(skim('{"token":"a.b","a":"')).toMatchObject({ reason: 'bad_json' });
  });

  test('reads nothing of what a name would be the value of', () => {
    expect(skim('{"a":"token","b":"x","invoice_id":7}')).toEqual({ ok: true, fields: {}, format: 'json' });
    expect(skim('status=token&a=invoice_id')).toEqual({ ok: true, fields: {}, format: 'form' });
  });
});

test('writeJson writes numbers digit for digit at the named paths only', () => {
  const fields = { amount: '0.000000000000000001', list: [{ price: '1.50' }], name: '5', bad: 'NaN' };
  const text = writeJson(fields, new Set(['amount', 'list.price', 'bad']));
  expect(text).toBe('{"amount":0.000000000000000001,"list":[{"price":1.50}],"name":"5","bad":"NaN"}');
  expect(writeJson(JSON.parse('{"__proto__":"x"}'), NO_NUMBERS)).toBe('{"__proto__":"x"}');
});
