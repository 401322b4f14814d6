import { withoutCards } from './contacts';

/** Foreign text shown so that it cannot fool the reader: what is invisible or turns the direction gets a sign. */

const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;
/** C1, soft hyphen, direction marks and overrides, zero widths that join nothing, line separators, tags, halves of pairs. */
const HIDDEN =
  /[\u0080-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|\p{Cs}/gu;

/** Line breaks and tabs stay as they are; the middle of a full card number is shown to nobody. */
export function visible(text: string): string {
  return withoutCards(text).replace(CONTROL, picture).replace(HIDDEN, named);
}

function picture(sign: string): string {
  const code = sign.charCodeAt(0);
  return code === 0x7f ? '\u2421' : String.fromCharCode(0x2400 + code);
}

function named(sign: string): string {
  return `\u27e8U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
}

/** At most so many characters, with an ellipsis where some were left out. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = [...text.slice(0, most * 2)];
  return characters.length <= most && text.length <= most * 2 ? text : `${characters.slice(0, most - 1).join('')}…`;
}
