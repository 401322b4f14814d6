import { describe, expect, it } from 'vitest';
import { unsupportedReason } from './unsupported';

const ASCII = new TextEncoder().encode('{"order_id":"A-1","note":"\\\\ ~ +AGE-"}');
const UKRAINIAN = new TextEncoder().encode('{"order_id":"Замовлення 7"}');
const EACH = [
  ['ASCII', ASCII],
  ['Ukrainian', UKRAINIAN],
] as const;

function reasonOf(headers: Record<string, string>, bytes: Uint8Array = ASCII): string | null {
  return unsupportedReason(new Headers(headers), bytes);
}

describe('Content-Encoding that encodes nothing', () => {
  it.each([
    ...['identity', '', ' ', 'Identity', 'identity, identity', '"identity"', 'identity;q=1.0', ','],
    ...['UTF-8', 'utf8', '"utf-8"', 'UTF-8, identity', 'utf-8;', 'utf_8', 'utf-8-sig'],
    ...['none', 'None', 'null', '7bit', '8bit', 'binary', 'application/json', 'text/plain; charset=utf-8'],
  ])('takes %j', (encoding) => {
    for (const [, bytes] of EACH) expect(reasonOf({ 'content-encoding': encoding }, bytes)).toBeNull();
  });

  it.each([
    ...['gzip', 'GZIP', 'x-gzip', 'br', 'deflate', 'zstd', 'compress', 'dcb', 'aes128gcm', 'aws-chunked'],
    ...['identity, gzip', 'gzip, identity', 'gzip,', 'UTF-8, br', '"gzip"', 'gzip;q=1', 'something else'],
  ])('refuses %j', (encoding) => {
    expect(reasonOf({ 'content-encoding': encoding })).toBe('content_encoding');
  });

  it('goes by the bytes where it names another charset', () => {
    expect(reasonOf({ 'content-encoding': 'us-ascii' }, ASCII)).toBeNull();
    expect(reasonOf({ 'content-encoding': 'us-ascii' }, UKRAINIAN)).toBe('content_encoding');
  });
});

describe('Charset that changes nothing', () => {
  it.each([
    ...['application/json', 'application/json; charset=UTF-8', 'application/json; charset="utf8"', 'nonsense', ''],
    ...['application/json; charset=', 'application/json; charset=""', "application/json; charset='utf-8'"],
    ...['application/json;charset = utf-8 ; boundary=x', 'application/json; charset=utf-8; charset=UTF8'],
    ...['application/json; charset', 'application/json; charset=utf-8,', 'application/json;CHARSET=utf_8'],
    ...['text/plain; charset=unicode-1-1-utf-8', 'application/json; charset=cp65001', 'text/html;charset=utf-8-sig'],
  ])('takes %j over any bytes', (type) => {
    for (const [, bytes] of EACH) expect(reasonOf({ 'content-type': type }, bytes)).toBeNull();
  });

  it.each([
    ...['us-ascii', 'US-ASCII', '"us-ascii"', 'ascii', 'iso-8859-1', 'latin1', 'windows-1251', 'koi8-u', 'koi8-r'],
    ...['cp1252', 'iso-8859-15', 'gbk', 'big5', 'shift_jis', 'euc-jp', 'unknown-8bit', 'binary', 'none', 'x-nonsense'],
  ])('takes %j over ASCII and refuses it over other bytes', (charset) => {
    const headers = { 'content-type': `application/json; charset=${charset}` };
    expect(reasonOf(headers, ASCII)).toBeNull();
    expect(reasonOf(headers, UKRAINIAN)).toBe('charset');
  });

  it.each([
    ...['utf-16', 'UTF-16LE', 'utf-16be', 'ucs-2', 'iso-10646-ucs-2', 'utf-32', 'utf-32le', 'ucs-4', 'utf-7'],
    ...['ebcdic-cp-us', 'ibm037', 'cp037', 'hz-gb-2312', 'iso-2022-kr'],
  ])('refuses %j over any bytes: in it ASCII says something else', (charset) => {
    const headers = { 'content-type': `application/json; charset=${charset}` };
    for (const [, bytes] of EACH) expect(reasonOf(headers, bytes)).toBe('charset');
  });

  it('goes by what an escape means where the charset knows escapes', () => {
    const headers = { 'content-type': 'application/json; charset=iso-2022-jp' };
    expect(reasonOf(headers, ASCII)).toBeNull();
    expect(reasonOf(headers, Buffer.from('{"a":"\u001b$B0!\u001b(B"}'))).toBe('charset');
  });
});

it.each(['multipart/form-data; boundary=x', 'text/xml', 'application/xml; charset=utf-8', 'Application/SOAP+XML'])(
  'never reads %s',
  (type) => {
    expect(reasonOf({ 'content-type': type })).toBe('media_type');
  },
);

it('answers at once for the largest body under the oddest headers', () => {
  const bytes = new Uint8Array(256 * 1024).fill(0x61);
  expect(reasonOf({ 'content-encoding': 'utf-8,'.repeat(2_000), 'content-type': 'a/b' }, bytes)).toBeNull();
  expect(reasonOf({ 'content-type': `a/b${'; charset=utf-8'.repeat(500)}` }, bytes)).toBeNull();
  expect(reasonOf({ 'content-type': `a/b${'; charset='.repeat(1_000)}${' '.repeat(2_000)}` }, bytes)).toBeNull();
});

it('does not read the body once for each of many charsets', () => {
  const bytes = new TextEncoder().encode('{"a":1}');
  const charsets = ['windows-1250', 'windows-1251', 'windows-1252', 'latin1', 'koi8-r'];
  const type = (count: number): string =>
    `a/b${charsets
      .slice(0, count)
      .map((charset) => `; charset=${charset}`)
      .join('')}`;
  expect(reasonOf({ 'content-type': type(4) }, bytes)).toBeNull();
  expect(reasonOf({ 'content-type': type(5) }, bytes)).toBe('charset');
  expect(reasonOf({ 'content-encoding': charsets.slice(0, 4).join() }, bytes)).toBeNull();
  expect(reasonOf({ 'content-encoding': charsets.join() }, bytes)).toBe('content_encoding');
  expect(reasonOf({ 'content-encoding': 'latin1,'.repeat(500) }, bytes)).toBeNull();
});
