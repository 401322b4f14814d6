import { isFields } from '@/lib/body';
import { getProvider } from '@/lib/providers';
import type { Fields } from '@/lib/providers/provider';
import { type Access, may } from '@/lib/staff/access';
import { open } from '@/lib/vault';
import { type BodyDiff, diffBodies } from './body-diff';
import { findPostback, type PostbackDetail } from './queries';
import { type RawBody, readRawBody } from './shown-body';

export interface ShownBody {
  readonly id: string;
  readonly receivedAt: string;
  readonly body: RawBody;
}

export interface ComparedBodies {
  /** Earlier first where there are two. */
  readonly bodies: readonly ShownBody[];
  /** Null where there is only one, or one of them cannot be read. */
  readonly diff: BodyDiff | null;
}

/** One raw body of an invoice or two of them beside each other; every look is written down. Null for whom they are not. */
export async function readBodiesOf(
  access: Access,
  invoiceId: string,
  ids: readonly string[],
): Promise<ComparedBodies | null> {
  if (!may(access, 'seeRawBody')) return null;
  const found = await Promise.all([...new Set(ids)].slice(0, 2).map((id) => findPostback(access, id)));
  const own = found.filter((postback) => postback?.invoiceId === invoiceId).filter((postback) => postback !== null);
  const postbacks = own.sort(earlierFirst);
  const bodies: ShownBody[] = [];
  for (const postback of postbacks) {
    const body = await readRawBody(access, postback);
    bodies.push({ id: postback.id, receivedAt: postback.receivedAt, body });
  }
  const [before, after] = postbacks.map(decode);
  const understood = getProvider(postbacks[0]?.provider ?? '')?.understood ?? [];
  const hidden = may(access, 'seeRawBodyUnmasked') ? 'none' : { understood };
  return { bodies, diff: before && after ? diffBodies(before, after, hidden) : null };
}

/** Two of one moment in the order in which they were taken in. */
function earlierFirst(a: PostbackDetail, b: PostbackDetail): number {
  if (a.receivedAt !== b.receivedAt) return a.receivedAt < b.receivedAt ? -1 : 1;
  return (a.position ?? 0) - (b.position ?? 0);
}

function decode({ id, body, encryptionKeyId, provider }: PostbackDetail): Fields | null {
  if (!body || !encryptionKeyId) return null;
  const bytes = open({ sealed: body, keyId: encryptionKeyId }, `postbacks:${id}`);
  const decoded = getProvider(provider)?.decode(bytes);
  return decoded?.ok && isFields(decoded.fields) ? decoded.fields : null;
}
