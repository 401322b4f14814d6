import { isAscii } from 'node:buffer';
import type { HeaderReader } from '@/lib/providers/provider';

/** Why a body is not read at all: 415. */
export const UNSUPPORTED_REASONS = ['content_encoding', 'media_type', 'charset'] as const;
export type UnsupportedReason = (typeof UNSUPPORTED_REASONS)[number];

/** What senders name as an encoding although it encodes nothing; a charset or a media type in the wrong header likewise. */
const NO_CODINGS: ReadonlySet<string> = new Set(['', 'identity', 'none', 'null', '7bit', '8bit', 'binary']);
const UTF8 = /^(?:cs)?utf[-_ ]?8(?:[-_]?(?:sig|bom|mb4))?$|^cp65001$/;
/** Charsets that no decoder here knows and that are not written in ASCII. */
const NOT_ASCII =
  /^(?:cs)?(?:utf[-_ ]?(?:7|16|32)|ucs|iso-10646|iso-2022|hz-gb|unicode|ebcdic|(?:cp|ibm)[-_]?0?(?:037|1047|500))/;

/** No genuine sender names more: the bytes may have to be read once for each. */
const MAX_NAMED = 4;

/** Null for a body that can be read as it is. The bytes are looked at only where a header says something odd of them. */
export function unsupportedReason(headers: HeaderReader, bytes: Uint8Array): UnsupportedReason | null {
  const codings = new Set((headers.get('content-encoding') ?? '').split(',').map(codingOf).filter(mayEncode));
  if (codings.size > MAX_NAMED || [...codings].some((coding) => isEncoded(coding, bytes))) return 'content_encoding';
  const type = headers.get('content-type');
  if (type === null) return null;
  if (isUnreadMedia(type)) return 'media_type';
  const charsets = new Set(charsetsOf(type).filter((charset) => charset !== '' && !UTF8.test(charset)));
  return charsets.size > MAX_NAMED || [...charsets].some((charset) => changesMeaning(charset, bytes))
    ? 'charset'
    : null;
}

function codingOf(sent: string): string {
  return bare(sent).split(';', 1)[0] ?? '';
}

function mayEncode(coding: string): boolean {
  return !NO_CODINGS.has(coding) && !coding.includes('/');
}

function isEncoded(coding: string, bytes: Uint8Array): boolean {
  const isCharset = UTF8.test(coding) || decoderOf(coding) !== null;
  return !isCharset || changesMeaning(coding, bytes);
}

function isUnreadMedia(type: string): boolean {
  const [media = ''] = type
    .toLowerCase()
    .trim()
    .split(/[;,\s]/, 1);
  return media.startsWith('multipart/') || /[/+]xml$/.test(media);
}

function charsetsOf(type: string): readonly string[] {
  const found = type.matchAll(/;\s*charset\s*=\s*("[^"]*"?|'[^']*'?|[^;,\s]*)/gi);
  return [...found].map(([, charset = '']) => bare(charset));
}

/** No encoding and no charset has a longer name, and the expression below takes the square of the length. */
const MAX_NAME = 100;

/** Without blanks, quotes and letter case. */
function bare(text: string): string {
  return text
    .slice(0, MAX_NAME)
    .replace(/^[\s"']+|[\s"']+$/g, '')
    .toLowerCase();
}

/** Whether the bytes say something else in this charset than in UTF-8. */
function changesMeaning(charset: string, bytes: Uint8Array): boolean {
  if (charset === '' || UTF8.test(charset)) return false;
  const decoder = decoderOf(charset);
  if (decoder?.encoding === 'utf-8') return false;
  if (!isAscii(bytes)) return true;
  return decoder ? decoder.decode(bytes) !== Buffer.from(bytes).toString('latin1') : NOT_ASCII.test(charset);
}

function decoderOf(charset: string): TextDecoder | null {
  try {
    return new TextDecoder(charset);
  } catch {
    // A name that no charset has.
    return null;
  }
}
