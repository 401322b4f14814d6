/** Most text has neither, and this test is cheap. */
const SUSPECT = /[\uD800-\uDFFF]|\0/;
const REPLACEMENT = '\uFFFD';

/** PostgreSQL refuses NUL and UTF-8 has no lone surrogates: U+FFFD stands where one was sent. */
export function wellFormed(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replace(/\p{Cs}/gu, REPLACEMENT).replaceAll('\0', REPLACEMENT);
}

/** `recipientCityDescription` is `recipient_city_description`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]+/g, (letters, at: number) => `${at > 0 ? '_' : ''}${letters}`).toLowerCase();
}
