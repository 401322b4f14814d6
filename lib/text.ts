/** Most text has neither, and this test is cheap. */
const SUSPECT = /[\uD800-\uDFFF]|\0/;
const REPLACEMENT = '\uFFFD';

/** PostgreSQL refuses NUL and UTF-8 has no lone surrogates: U+FFFD stands where one was sent. */
export function wellFormed(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replace(/\p{Cs}/gu, REPLACEMENT).replaceAll('\0', REPLACEMENT);
}
