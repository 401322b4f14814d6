/** One spelling for what people write in several: applied to what is stored and to what is looked for. */

/** Most text, which needs no more than small letters. */
const PLAIN = /^[\x21-\x26\x28-\x5f\x61-\x7e]*$/;
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u0000-\u0008\u000e-\u001f\u007f-\u009f]/gu;
const APOSTROPHES = /[’‘‛ʼʻʹʽˈ`´′՚＇]/g;
const DASHES = /[\p{Pd}\u2212]/gu;
/** A word, with apostrophes where they stand between its letters. */
const WORD = /[\p{L}\p{N}\p{M}]+(?:'[\p{L}\p{N}\p{M}]+)*/gu;
const LATIN_WITH_MARKS = /(\p{Script=Latin})\p{M}+/gu;

/** Composed, in small letters, without what nobody sees; all apostrophes, dashes and blanks are one of each. */
export function foldSpelling(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(APOSTROPHES, "'")
    .replace(DASHES, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** The words of folded text: `order-77/b` has three, `стеф'юк` is one. */
export function wordsIn(folded: string): readonly string[] {
  return folded.match(WORD) ?? [];
}

/** `joão` → `joao`. Other scripts keep their marks: `й` is not `и`. */
export function withoutAccents(folded: string): string {
  return PLAIN.test(folded) ? folded : folded.normalize('NFD').replace(LATIN_WITH_MARKS, '$1').normalize('NFC');
}

export function withoutApostrophes(folded: string): string {
  return folded.replaceAll("'", '');
}
