import { isFields } from './body';
import { isList } from './json';
import type { Fields, Value } from './providers/provider';

/** What stands where a token or a person's data was. */
export const MASK = '••••••';

/** Field names under which people's data travels, at every provider and in the merchant's own metadata. */
const PERSONAL =
  /(name|patronymic|phone|mail|address|street|building|flat|client_ip|(^|_)ip$|pan|warehouse|city|birth|contact|passport)/i;
const NOT_PERSONAL = /^(network|project|currency|fullname|terminal_name|card_bank|card_country)$/;

/** Whether a field speaks of a person, as far as its name tells. */
export function isPersonal(name: string, value: Value): boolean {
  return PERSONAL.test(name) && !NOT_PERSONAL.test(name) && !isCryptoAddress(name, value);
}

/** A wallet's address names nobody. */
function isCryptoAddress(name: string, value: Value): boolean {
  return name === 'address' && typeof value === 'string' && /^[\w:-]{20,120}$/.test(value);
}

/** Some senders put the details into the body as a JSON text. */
export function isNestedJson(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

/** The same fields with a mask in the place of every value that speaks of a person. */
export function withoutPeople(fields: Fields): Fields {
  const entries = Object.entries(fields).map(
    ([name, value]) => [name, isPersonal(name, value) ? masked(value) : inside(value)] as const,
  );
  return Object.fromEntries(entries);
}

function inside(value: Value): Value {
  if (typeof value === 'string') return isNestedJson(value) ? MASK : value;
  if (isList<Value>(value)) return value.map(inside);
  return isFields(value) ? withoutPeople(value) : value;
}

/** Nothing sent is nothing to hide. */
function masked(value: Value): Value {
  return value === null || value === '' ? value : MASK;
}
