import { recordAct } from '@/lib/audit/record';
import { isFields } from '@/lib/body';
import { databaseFor } from '@/lib/db/client';
import { isList } from '@/lib/json';
import { isMasked, isNestedJson, MASK, type Place, placeIn, TOP } from '@/lib/personal';
import { getProvider } from '@/lib/providers';
import type { Fields, Value } from '@/lib/providers/provider';
import { type Access, may } from '@/lib/staff/access';
import { open } from '@/lib/vault';
import type { PostbackDetail } from './queries';

export type RawBody =
  | {
      readonly kind: 'shown';
      readonly text: string;
      /** Indented JSON; null where the body is none. */
      readonly indented: string | null;
      /** People's data was taken out as well as the token. */
      readonly masked: boolean;
      /** Some bytes were no UTF-8. */
      readonly damaged: boolean;
    }
  /** A copy keeps no bytes. */
  | { readonly kind: 'none' }
  /** Deleted: its time was up, or without a hash, at a person's request. */
  | { readonly kind: 'deleted'; readonly hash: string | null }
  | { readonly kind: 'forbidden' };

/** The body as text for those who may see it; every look is written down before it is shown. */
export async function readRawBody(access: Access, postback: PostbackDetail): Promise<RawBody> {
  if (!may(access, 'seeRawBody')) return { kind: 'forbidden' };
  if (!postback.body || !postback.encryptionKeyId) return withoutBody(postback);
  const bytes = open({ sealed: postback.body, keyId: postback.encryptionKeyId }, `postbacks:${postback.id}`);
  await recordLook(access, postback);
  return toText(bytes, postback.provider, !may(access, 'seeRawBodyUnmasked'));
}

function withoutBody({ duplicateOf, bodyHash }: PostbackDetail): RawBody {
  if (duplicateOf) return { kind: 'none' };
  return { kind: 'deleted', hash: bodyHash && Buffer.from(bodyHash).toString('hex') };
}

function toText(bytes: Uint8Array, providerId: string, masked: boolean): RawBody {
  const sent = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const damaged = sent.includes('\ufffd') && !isUtf8(bytes);
  const provider = getProvider(providerId);
  const decoded = provider?.decode(bytes);
  const fields = decoded?.ok && isFields(decoded.fields) ? decoded.fields : null;
  // A body that cannot be read cannot be masked value by value: who may not see people sees none of it.
  if (!decoded?.ok || !fields)
    return { kind: 'shown', text: masked ? MASK : withoutTokens(sent), indented: null, masked, damaged };
  const understood = masked ? new Set(provider?.understood) : null;
  const hidden = new Set(hiddenValues(fields, understood, TOP));
  const json = decoded.format === 'json';
  const text = withoutTokens(json ? maskJson(sent, hidden, masked) : maskForm(sent, hidden));
  return { kind: 'shown', text, indented: json ? indent(text) : null, masked, damaged };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The token's, and where people are masked (by what is understood) theirs. */
function hiddenValues(fields: Fields, understood: ReadonlySet<string> | null, above: Place): string[] {
  const inside = (value: Value, place: Place): string[] => {
    if (isList<Value>(value)) return value.flatMap((item) => inside(item, place));
    if (isFields(value)) return hiddenValues(value, understood, place);
    return understood && isMasked(place, value) ? leaves(value) : [];
  };
  return Object.entries(fields).flatMap(([name, value]) => {
    return name === 'token' ? leaves(value) : inside(value, placeIn(above, name, value, understood ?? NONE));
  });
}

const NONE: ReadonlySet<string> = new Set();

function leaves(value: Value): string[] {
  if (typeof value === 'string') return value.length > 0 ? [value] : [];
  if (isList<Value>(value)) return value.flatMap(leaves);
  return isFields(value) ? Object.values(value).flatMap(leaves) : [];
}

const JSON_PARTS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

/** By the parts of the text, so that no spelling of a value slips through; the rest stays as it was sent. */
function maskJson(text: string, hidden: ReadonlySet<string>, people: boolean): string {
  return text.replace(JSON_PARTS, (part) => {
    if (!part.startsWith('"')) return hidden.has(part) ? `"${MASK}"` : part;
    const value = unquote(part);
    return hidden.has(value) || (people && isNestedJson(value)) ? `"${MASK}"` : part;
  });
}

function unquote(part: string): string {
  try {
    return JSON.parse(part) as string;
  } catch {
    return part;
  }
}

function maskForm(text: string, hidden: ReadonlySet<string>): string {
  const pairs = text.split('&').map((pair) => {
    const [name = '', value = ''] = [...new URLSearchParams(pair)][0] ?? [];
    return hidden.has(value) ? `${encodeURIComponent(name)}=${MASK}` : pair;
  });
  return pairs.join('&');
}

/** From the beginning of a word only: tried at each letter of a stranger's longest word it would take a minute. */
const THREE_PARTS = /(?<![\w-])[\w-]{8,}\.[\w-]{8,}\.[\w-]{16,}/g;

/** A token is three parts of base64url; even in a body that cannot be read it is not shown. */
export function withoutTokens(text: string): string {
  return text.replace(THREE_PARTS, MASK).replace(/eyJ[\w-]{5,}(?:\.[\w-]*){0,2}/g, MASK);
}

/** Indents JSON as it stands: numbers keep their digits, text its escapes. The text is known to be valid. */
export function indent(json: string): string {
  const parts: string[] = [];
  let depth = 0;
  let before = '';
  const line = (): string => `\n${'  '.repeat(Math.min(depth, 64))}`;
  for (const [part] of json.matchAll(JSON_PARTS)) {
    const opened = before === '{' || before === '[';
    if (part === '}' || part === ']') {
      depth -= 1;
      parts.push(opened ? part : line() + part);
    } else {
      parts.push(opened ? line() + part : part);
    }
    if (part === '{' || part === '[') depth += 1;
    if (part === ',') parts.push(line());
    if (part === ':') parts.push(' ');
    before = part;
  }
  return parts.join('');
}

const RECENT = {
  name: 'raw_body_recent_look',
  text: `select 1 as found from audit_log where staff_id = $1::uuid and action = 'postback.read_body' and object = $2
    and at > now() - interval '10 minutes' limit 1`,
};

/** The page draws itself anew whenever something arrives: one entry stands for looks within ten minutes. */
async function recordLook(access: Access, { id, projectId }: PostbackDetail): Promise<void> {
  const database = await databaseFor(access);
  const recent = await database.run(RECENT, [access.staffId, id]);
  if (recent.length === 0) await recordAct(access, { action: 'postback.read_body', object: id, projectId });
}
