import { foldSpelling, withoutAccents, wordsIn } from './spelling';

/**
 * What somebody may mean by what they paste. Customers send a number with words and punctuation around it, a link, or a
 * whole sentence; what is looked for is the number.
 */
export interface Reading {
  readonly text: string;
  /** True: a short number among unknown words, which may be an order and is too common for anything else. */
  readonly orderOnly: boolean;
}

const MAX_READINGS = 8;
/** From here on a number says by itself what it is, whatever words stand around it. */
const SPECIFIC = 6;

/** The whole text first, then the numbers in it. */
export function readingsOf(text: string): readonly Reading[] {
  const whole = foldSpelling(text);
  const bare = withoutSchemes(withoutLinks(whole));
  const words = bare.split(' ').flatMap(unwrapped);
  const found: Reading[] = [whole, trimmed(whole), trimmed(bare)].map((one) => ({ text: one, orderOnly: false }));
  const alone = words.every((word) => hasDigit(word) || isLabel(word));
  const runs = runsOf(words);
  for (const run of runs) {
    const orderOnly = !(alone && runs.length === 1) && !isSpecific(run.join(''));
    found.push({ text: run.join(' '), orderOnly });
    if (run.length > 1) found.push(...run.filter(isSpecific).map((word) => ({ text: word, orderOnly: false })));
  }
  found.push(...words.filter((word) => word.includes('@')).map((word) => ({ text: word, orderOnly: false })));
  const distinct = new Map<string, Reading>();
  for (const one of found) if (one.text !== '' && !distinct.has(one.text)) distinct.set(one.text, one);
  return [...distinct.values()].slice(0, MAX_READINGS);
}

/** The words of a text for a list, which holds what has all of them. Labels say nothing where other words do. */
export function searchWords(text: string): readonly string[] {
  const words = withoutSchemes(withoutLinks(foldSpelling(text)))
    .split(' ')
    .flatMap(unwrapped);
  const telling = words.filter((word) => !isLabel(word));
  return telling.length > 0 ? telling : words;
}

/** Digits that stand together: `20 4500 0011 1122` is one number. */
function runsOf(words: readonly string[]): readonly (readonly string[])[] {
  const runs: string[][] = [];
  let open = false;
  for (const word of words) {
    if (!hasDigit(word) || word.includes('@')) open = false;
    else if (open) runs.at(-1)?.push(word);
    else {
      runs.push([word]);
      open = true;
    }
  }
  return runs;
}

function hasDigit(word: string): boolean {
  return /\p{Nd}/u.test(word);
}

function isSpecific(text: string): boolean {
  return hasDigit(text) && text.replace(/[^\p{L}\p{N}]/gu, '').length >= SPECIFIC;
}

function trimmed(text: string): string {
  return text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

/** `тел.0671112233` and `order#770` are a label and a number; a shortened hash is found by its beginning. */
function unwrapped(word: string): readonly string[] {
  if (word.includes('@')) return [trimmed(word)].filter(Boolean);
  const [begun = ''] = trimmed(word).split(/…|\.{2,}/);
  return begun
    .split(/[:=#№"«»“”]+|(?<=\p{L})[./](?=\d)/u)
    .flatMap((part) => {
      const [, label = '', rest = ''] = /^(\p{L}+)[.\-_]?(\p{Nd}.*)$/u.exec(trimmed(part)) ?? [];
      if (label === '' || !isLabel(label)) return [trimmed(part)];
      return isSpecific(rest) ? [trimmed(part), rest] : [rest];
    })
    .filter(Boolean);
}

/** A link anywhere in the text, with or without a scheme. */
const LINK = /(?:[a-z][a-z0-9+.-]*:\/\/|\b(?:[a-z0-9-]+\.)+[a-z]{2,}\/)\S+/gu;

function withoutLinks(text: string): string {
  return text.replace(LINK, (link) => ` ${partOfLink(link)} `).trim();
}

/** What a link is about: the last part of its path or fragment that looks like an id, else of its query, else the last part. */
function partOfLink(link: string): string {
  const [, rest = ''] = /^(?:[a-z][a-z0-9+.-]*:\/\/)?[^/?#]*(.*)$/u.exec(link) ?? [];
  const [beforeFragment = '', fragment = ''] = rest.split('#', 2);
  const [path = '', query = ''] = beforeFragment.split('?', 2);
  const [fragmentPath = '', fragmentQuery = ''] = fragment.split('?', 2);
  const segments = (part: string): readonly string[] => part.split('/').map(decoded).map(trimmed).filter(Boolean);
  const values = [query, fragmentQuery].flatMap((part) =>
    part.split('&').map((pair) => decoded(pair.replace(/^[^=]*=/, ''))),
  );
  const places = [...segments(path), ...segments(fragmentPath)];
  return places.findLast(isId) ?? values.map(trimmed).findLast(isId) ?? segments(path).at(-1) ?? '';
}

function isId(part: string): boolean {
  return hasDigit(part) && part.length >= 4 && !/\s/.test(part);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** `tel:+380…`, `mailto:a@b.example?subject=…`. */
function withoutSchemes(text: string): string {
  return text.replace(/\b(?:tel|callto|sms|mailto):(\S+)/gu, (_, rest: string) => decoded(rest.replace(/[?;].*$/, '')));
}

/** Words that people put beside a number: what it is a number of, and which money. */
const LABELS = new Set(
  [
    'order orders no nr num number id invoice inv payment pay paid tx txid txn hash transaction ttn waybill tracking',
    'track parcel phone tel telephone mob mobile amount sum total email mail',
    'замовлення замовл зам заказ заказа номер рахунок інвойс инвойс счет счёт платіж оплата платеж ттн ен накладна',
    'накладная посилка посылка трек тел телефон моб сума сумма хеш хэш транзакція транзакция пошта почта',
    'pedido encomenda fatura numero telefone telemovel valor montante pagamento transacao guia rastreio',
    'uah usd eur usdt usdc btc eth ltc trx sol ton bnb грн гривень гривні гривен долларов доларів',
  ].flatMap((line) => line.split(' ')),
);

function isLabel(word: string): boolean {
  return LABELS.has(withoutAccents(word)) || wordsIn(word).length === 0;
}
