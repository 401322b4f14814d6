/** Ids are compared by meaning: every spelling of one id has the same key. */

const HEXADECIMAL = /^(?:0x)?([0-9a-f]+)$/i;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A hexadecimal transaction hash without `0x` and in lower case; a Base58 hash as it is, for there the case is a digit. */
export function hashKey(hash: string): string {
  return HEXADECIMAL.exec(hash)?.[1]?.toLowerCase() ?? hash;
}

/** A UUID in lower case; any other id, like an order number, as it is. */
export function idKey(id: string): string {
  return UUID.test(id) ? id.toLowerCase() : id;
}

/** The sent spelling of an id, or the known one where both are the same id. */
export function spelledAs(known: string | null | undefined, sent: string): string;
export function spelledAs(known: string | null | undefined, sent: string | null): string | null;
export function spelledAs(known: string | null | undefined, sent: string | null): string | null {
  return known && sent !== null && idKey(known) === idKey(sent) ? known : sent;
}
