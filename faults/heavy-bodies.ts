import { MAX_POSTBACK_BYTES, MAX_UNVERIFIED_BYTES } from '@/lib/postbacks/request';

/** Bodies that a stranger sends to cost as much as possible: none is signed. */
export interface HeavyBody {
  readonly name: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const LARGE = MAX_POSTBACK_BYTES - 1_024;
const SMALL = MAX_UNVERIFIED_BYTES - 64;

export const HEAVY_BODIES: readonly HeavyBody[] = [...bodies('large', LARGE), ...bodies('small', SMALL)];

function bodies(size: string, bytes: number): readonly HeavyBody[] {
  const filled = (before: string, piece: string, after: string, last = piece.replace(/[,&]$/, '')): string => {
    const count = Math.max(1, Math.floor((bytes - before.length - after.length) / Buffer.byteLength(piece)) - 1);
    return before + piece.repeat(count) + last + after;
  };
  const numbered = (before: string, after: string, piece: (nth: number) => string): string => {
    let text = before;
    for (let nth = 0; text.length < bytes - after.length - 64; nth += 1) text += `${piece(nth)},`;
    return `${text.slice(0, -1)}${after}`;
  };
  const token = '{"invoice_id":"INV-A1B2C3D4","token":"';
  const json: Readonly<Record<string, string>> = {
    'a list of empty objects': filled('{"payments":[', '{},', ']}'),
    'a list of empty lists': filled('{"payments":[', '[],', ']}'),
    'a list of empty texts': filled('{"tx_list":[', '"",', ']}'),
    'a list of digits': filled('{"a":[', '1,', ']}'),
    'one long number': filled('{"a":', '9', '}'),
    'many keys': numbered('{', '}', (nth) => `"k${nth}":1`),
    'many escaped keys': numbered('{', '}', (nth) => `"\\u0061${nth}":1`),
    'a list of texts that never end': filled('{"tx_list":[', '"a\\', ']'),
    'many keys with broken escapes': filled('{', '"\\x74oken":1,', '"a":1}'),
    'many short texts beside a wide character': filled('{"ж":[', '"",', ']}'),
    'many keys of the token': filled('{', '"token":"x",', '}'),
    'objects with keys': filled('{"products":[', '{"description":"a","count":1,"price":2},', ']}'),
    'nesting to the limit': filled('{"a":[', `${'['.repeat(60)}${']'.repeat(60)},`, ']}'),
    'open brackets': filled('{"a":', '[', ''),
    'open objects': filled('', '{"a":', ''),
    'one long text': filled('{"a":"', 'x', '"}'),
    'a text of escapes': filled('{"a":"', '\\u0041', '"}'),
    'a text of backslashes': filled('{"a":"', '\\\\', '"}'),
    'a text without an end': filled('{"a":"', 'x', ''),
    'a text of four-byte characters': filled('{"a":"', '😀', '"}'),
    'blanks before the object': filled('', ' ', '{}', ' '),
    'wide blanks before the object': filled('', '\u3000', '{}', ' '),
    commas: filled('{"a":1', ',', '}'),
    'not a number': filled('{"a":[', 'NaN,', ']}'),
    'words of Python': filled('{"a":[', 'None,', ']}'),
    'curly quotes': filled('{', '“a”:1,', '}'),
    'JSON in a text': filled('{"invoice_info":"{\\"a\\":[', '{},', ']}"}'),
    'a long token': filled(token, 'x', '"}'),
    'a token of points': filled(token, '.', '"}'),
    'a token with a long header': filled(token, 'eyJhIjoxfQ', '.e30.x"}'),
    'a token of bytes': filled(`${token}b'`, 'x', `'"}`),
  };
  const form: Readonly<Record<string, string>> = {
    'a form of separators': filled('', '&', ''),
    'a form of names': filled('', 'a&', ''),
    'a form of broken escapes': filled('status=1&', '%=&', ''),
    'a form of escaped names': filled('status=1&', '%74oken=x&', ''),
    'a form of tokens': filled('', 'token=x&', ''),
    'a form with a long value': filled('status=', '%41', ''),
    'a form of names before characters that hold the byte of =': filled(`status&${'a&'.repeat(1_000)}`, '㴽', ''),
    'a form of wide names': filled('status&', 'a㵁&', ''),
    'a form of blanks': filled('status=', '+', ''),
    'neither JSON nor a form': filled('', 'a', ''),
  };
  const of = (name: string, text: string | Buffer, headers: Readonly<Record<string, string>> = {}): HeavyBody => ({
    name: `${size}: ${name}`,
    body: Buffer.from(text),
    headers: { 'content-type': 'application/json', ...headers },
  });
  const ascii = filled('{"a":"', 'x', '"}');
  return [
    ...Object.entries(json).map(([name, text]) => of(name, text)),
    ...Object.entries(form).map(([name, text]) =>
      of(name, text, { 'content-type': 'application/x-www-form-urlencoded' }),
    ),
    of('bytes that are no UTF-8', Buffer.concat([Buffer.from(ascii.slice(0, -3)), Buffer.from([0xff, 0x22, 0x7d])])),
    of('many charsets', ascii, {
      'content-type': `application/json${Array.from({ length: 500 }, (_, nth) => `;charset=windows-125${nth % 9}`).join('')}`,
    }),
    of('many codings', ascii, { 'content-encoding': Array.from({ length: 500 }, () => 'shift_jis').join(',') }),
    of('many signatures', ascii, { 'x-sign': Array.from({ length: 1_000 }, (_, nth) => `a${nth}`).join(',') }),
    of('a long signature', ascii, { 'x-sign': 'A'.repeat(8_000) }),
  ];
}
