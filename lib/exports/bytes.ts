/** A file as it is made, piece by piece. */
export type Bytes = AsyncGenerator<Uint8Array, void, undefined>;
