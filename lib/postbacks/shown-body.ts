import { recordAct } from '@/lib/audit/record';
import { withoutCards } from '@/lib/contacts';
import { databaseFor } from '@/lib/db/client';
import { fieldRules, MASK } from '@/lib/field-rules';
import { getProvider } from '@/lib/providers';
import { type Access, may } from '@/lib/staff/access';
import { open } from '@/lib/vault';
import { JSON_PARTS, maskBody, withoutTokens } from './masked-body';
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
  return toText(bytes, postback, !may(access, 'seeRawBodyUnmasked'));
}

function withoutBody({ duplicateOf, bodyHash }: PostbackDetail): RawBody {
  if (duplicateOf) return { kind: 'none' };
  return { kind: 'deleted', hash: bodyHash && Buffer.from(bodyHash).toString('hex') };
}

function toText(bytes: Uint8Array, { provider: providerId, plainMetadata }: PostbackDetail, masked: boolean): RawBody {
  const sent = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const damaged = sent.includes('\ufffd') && !isUtf8(bytes);
  const provider = getProvider(providerId);
  const decoded = provider?.decode(bytes);
  // A body that cannot be read cannot be masked value by value: who may not see people sees none of it.
  if (!provider || !decoded?.ok)
    return { kind: 'shown', text: masked ? MASK : withoutCards(withoutTokens(sent)), indented: null, masked, damaged };
  const text = maskBody(sent, decoded, masked ? fieldRules(provider, plainMetadata) : 'token');
  return { kind: 'shown', text, indented: decoded.format === 'json' ? indent(text) : null, masked, damaged };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
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
