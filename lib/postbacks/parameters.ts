/** Where a row's bytes are among those of its statement, as SQL's `substring` counts; null where it has none. */
export type Placed<Column extends string> = Record<`${Column}_at` | `${Column}_length`, number | null>;

/**
 * Bytes of several rows on their way to the database: one parameter beside the JSON documents, each of which says where
 * its own begin and how long they are. In base64 inside the JSON they would be a third longer and read twice.
 */
export class Bytes {
  private readonly parts: Uint8Array[] = [];
  private size = 0;

  /** Where they begin. */
  add(bytes: Uint8Array): number {
    this.parts.push(bytes);
    const at = this.size + 1;
    this.size += bytes.byteLength;
    return at;
  }

  /** The parameter. */
  joined(): Uint8Array {
    return Buffer.concat(this.parts, this.size);
  }
}
