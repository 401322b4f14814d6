import { sha256Hex } from '@/lib/crypto';
import { eventWithoutPeople, type Stored, storedEvent } from '@/lib/postbacks/stored-event';
import { getProvider } from '@/lib/providers';
import { open } from '@/lib/vault';

/** A postback whose bytes are to go. */
export interface BodyRow {
  readonly id: string;
  /** Base64 of the encrypted bytes. */
  readonly body: string;
  readonly key_id: string;
  readonly event: string | null;
  /** SHA-256 of the whole where only its beginning is kept. */
  readonly body_hash: string | null;
  /** Null: it is in nothing that is believed. */
  readonly position: number | null;
  readonly provider: string;
}

/** What stays of it. */
export interface Leftover {
  readonly id: string;
  /** SHA-256 of the bytes. */
  readonly hash: string;
  /** The parsed event without people's data, from which a replay makes the same money. */
  readonly event: object | null;
}

export function bytesOf({ id, body, key_id: keyId }: BodyRow): Uint8Array {
  return open({ sealed: Buffer.from(body, 'base64'), keyId }, `postbacks:${id}`);
}

/** Null where a fact would go with the bytes: something is believed by them that cannot be read from them today. */
export function leftoverOf(row: BodyRow): Leftover | null {
  const { id, body, key_id: keyId, event, position, provider } = row;
  const hash = row.body_hash ?? sha256Hex(bytesOf(row));
  if (position === null) return { id, hash, event: null };
  const stored: Stored = { id, body, keyId, event };
  const said = storedEvent(stored, getProvider(provider));
  return said && { id, hash, event: eventWithoutPeople(said) };
}
