import type { Fields, Value } from '@/lib/providers/provider';
import { CommandError } from '../command';

const WORDS: Readonly<Record<string, Value>> = { true: true, false: false, null: null };

/** `invoice_info.status=paid` put into a body. Numbers stay text: the signer knows which fields it writes as numbers. */
export function setField(fields: Fields, assignment: string): Fields {
  const split = assignment.indexOf('=');
  if (split < 1) throw new CommandError(`--set ${assignment} must be NAME=VALUE.`);
  const text = assignment.slice(split + 1);
  return put(fields, assignment.slice(0, split).split('.'), Object.hasOwn(WORDS, text) ? (WORDS[text] ?? null) : text);
}

function put(fields: Fields, path: readonly string[], value: Value): Fields {
  const [name = '', ...rest] = path;
  if (rest.length === 0) return { ...fields, [name]: value };
  const inner = fields[name];
  return { ...fields, [name]: put(isFields(inner) ? inner : {}, rest, value) };
}

function isFields(value: Value | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
