import { isFields } from '@/lib/body';
import type { InvoiceStatus } from '@/lib/invoices/status';
import { isList, parseJson } from '@/lib/json';
import { add, parseDecimal } from '@/lib/money';
import { wellFormed } from '@/lib/text';
import type { Fields, Provider, Value } from './provider';

/**
 * What a postback says it is about, read from any body and believed by nobody: a refused, incomplete or unreadable one is
 * found by it. Customer data has no place here, since it is stored in plain text.
 */
export interface Claim {
  /** The provider's id, normalised. */
  readonly invoiceId: string | null;
  readonly orderIds: readonly string[];
  /** The provider's word. */
  readonly status: string | null;
  /** As sent; the sum where there are several payments. */
  readonly amount: string | null;
  readonly currency: string | null;
  readonly hashes: readonly string[];
  readonly address: string | null;
  readonly waybills: readonly string[];
}

/** Where a body has it, as dotted paths. Of several the first that has a text counts; lists on the way are walked. */
export interface ClaimFields {
  readonly invoiceId: readonly string[];
  readonly orderIds: readonly string[];
  readonly status: readonly string[];
  readonly amount: readonly string[];
  readonly currency: readonly string[];
  readonly hashes: readonly string[];
  readonly address: readonly string[];
  readonly waybills: readonly string[];
}

export interface ClaimReader {
  readonly fields: ClaimFields;
  /** Our word for the provider's; `unknown` where there is none. */
  readonly statusOf: (raw: string) => InvoiceStatus;
  /** Of a provider that sends none. */
  readonly currency: string | null;
}

/** As a provider has it. */
type Source = Pick<Provider, 'claims' | 'normaliseInvoiceId'>;

export const NO_CLAIM: Claim = {
  invoiceId: null,
  orderIds: [],
  status: null,
  amount: null,
  currency: null,
  hashes: [],
  address: null,
  waybills: [],
};

/** An id is never that long, and an index takes no more. */
const MAX_ID = 200;
const MAX_WORD = 64;
/** Of each list: strangers decide how long it is. */
const MAX_ENTRIES = 20;
/** Of a body that cannot be read. Genuine ones are far smaller. */
const MAX_BYTES = 8 * 1024;
/** JSON null printed into a text. */
const NOTHING: ReadonlySet<string> = new Set(['', 'none', 'null', 'undefined']);

/** What decoded fields claim. */
export function claimOf(fields: Fields, source: Source): Claim {
  return toClaim((paths) => firstTexts(paths, (path) => textsAt(fields, path.split('.'))), source);
}

/** What bytes claim that are neither JSON nor a form as a whole: each field is looked for by its name. */
export function claimInBytes(bytes: Uint8Array, source: Source): Claim {
  // Without NULs UTF-16 reads like ASCII.
  const text = new TextDecoder().decode(bytes.subarray(0, MAX_BYTES)).replaceAll('\0', '');
  return toClaim(
    (paths) => firstTexts(paths, (path) => textsNamed(text, path.slice(path.lastIndexOf('.') + 1))),
    source,
  );
}

function toClaim(
  textsOf: (paths: readonly string[]) => readonly string[],
  { claims: { fields, currency }, normaliseInvoiceId }: Source,
): Claim {
  const list = (paths: readonly string[]): readonly string[] => [
    ...new Set(
      textsOf(paths)
        .map((text) => text.slice(0, MAX_ID))
        .map(wellFormed),
    ),
  ];
  const word = (paths: readonly string[]): string | null => clipped(textsOf(paths)[0]);
  const [invoiceId = ''] = textsOf(fields.invoiceId);
  const amount = sumOf(textsOf(fields.amount));
  return {
    // Cut off it would name another invoice.
    invoiceId: invoiceId.length <= MAX_ID ? wellFormed(normaliseInvoiceId(invoiceId)) || null : null,
    orderIds: list(fields.orderIds),
    status: word(fields.status),
    amount,
    currency: word(fields.currency) ?? (amount === null ? null : currency),
    hashes: list(fields.hashes),
    address: list(fields.address)[0] ?? null,
    waybills: list(fields.waybills),
  };
}

function firstTexts(paths: readonly string[], textsAtPath: (path: string) => readonly string[]): readonly string[] {
  for (const path of paths) {
    const texts = textsAtPath(path)
      .map((text) => text.trim())
      .filter((text) => !NOTHING.has(text.toLowerCase()));
    if (texts.length > 0) return texts.slice(0, MAX_ENTRIES);
  }
  return [];
}

function textsAt(value: Value | undefined, path: readonly string[]): readonly string[] {
  if (isList<Value>(value)) return value.slice(0, MAX_ENTRIES).flatMap((entry) => textsAt(entry, path));
  const [name, ...rest] = path;
  if (name === undefined) return typeof value === 'string' ? [value] : [];
  const inner = typeof value === 'string' ? jsonIn(value) : value;
  return isFields(inner) && Object.hasOwn(inner, name) ? textsAt(inner[name], rest) : [];
}

/** Some senders put an object into a field as a JSON text. */
function jsonIn(text: string): Value | undefined {
  if (!text.startsWith('{')) return undefined;
  const parsed = parseJson(text);
  return parsed.ok ? parsed.value : undefined;
}

const patterns = new Map<string, readonly RegExp[]>();

/** As JSON, as a list in JSON, as a form, as multipart and as XML writes a field. Every repetition is bounded. */
function patternsOf(name: string): readonly RegExp[] {
  const known = patterns.get(name);
  if (known) return known;
  const made = [
    `["']${name}["']\\s{0,8}:\\s{0,8}"((?:[^"\\\\]|\\\\.){0,400})`,
    `["']${name}["']\\s{0,8}:\\s{0,8}'([^']{0,400})'`,
    `["']${name}["']\\s{0,8}:\\s{0,8}([-+\\w.]{1,64})`,
    `["']${name}["']\\s{0,8}:\\s{0,8}\\[([^\\]]{0,4000})`,
    `(?:^|[&?\\s])${name}=([^&\\s]{0,400})`,
    `name="?${name}"?[\\r\\n]{1,4}([^\\r\\n]{0,400})`,
    `<${name}>([^<]{0,400})</`,
  ].map((pattern) => new RegExp(pattern, 'i'));
  patterns.set(name, made);
  return made;
}

function textsNamed(text: string, name: string): readonly string[] {
  const [quoted, single, bare, list, form, multipart, xml] = patternsOf(name).map((pattern) => pattern.exec(text)?.[1]);
  if (quoted !== undefined) return [unescaped(quoted)];
  if (list !== undefined)
    // Each match takes what it has looked at, also where the text does not end.
    return [...list.matchAll(/"((?:[^"\\]|\\.){0,400})"?/g)].map(([, entry = '']) => unescaped(entry));
  if (form !== undefined) return [percentDecoded(form)];
  const found = single ?? bare ?? multipart ?? xml;
  return found === undefined ? [] : [found];
}

function unescaped(json: string): string {
  try {
    const text: unknown = JSON.parse(`"${json}"`);
    return typeof text === 'string' ? text : json;
  } catch {
    return json;
  }
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function sumOf(amounts: readonly string[]): string | null {
  const decimals = amounts.map(parseDecimal);
  if (amounts.length > 1 && !decimals.includes(null))
    return clipped(decimals.reduce<string>((sum, one) => add(sum, one ?? '0'), '0'));
  return clipped(amounts[0]);
}

function clipped(text: string | undefined): string | null {
  return text === undefined ? null : wellFormed(text.slice(0, MAX_WORD));
}
