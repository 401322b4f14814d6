import type { Transfer } from './state';

/** How the sets of hashes of one invoice lie in each other. */
export interface Nesting {
  /** The largest known sets inside each set. */
  readonly parts: ReadonlyMap<Transfer, readonly Transfer[]>;
  /** The transfers that no other contains. */
  readonly roots: readonly Transfer[];
  /** True when two sets share hashes and neither contains the other. */
  readonly overlaps: boolean;
}

/** Looks at every hash of every set once: a wallet may gather hundreds of transfers under one id. */
export function nest(transfers: readonly Transfer[]): Nesting {
  const parts = new Map<Transfer, readonly Transfer[]>();
  const largest = new Map<string, Transfer>();
  let overlaps = false;
  for (const transfer of [...transfers].sort((a, b) => a.hashes.length - b.hashes.length)) {
    const known = transfer.hashes.flatMap((hash) => largest.get(hash) ?? []);
    const inside = [...new Set(known)];
    // A set that lies inside has all of its hashes here.
    if (inside.reduce((size, part) => size + part.hashes.length, 0) !== known.length) overlaps = true;
    for (const hash of transfer.hashes) largest.set(hash, transfer);
    parts.set(transfer, inside);
  }
  const withoutHashes = transfers.filter((transfer) => transfer.hashes.length === 0);
  return { parts, roots: [...withoutHashes, ...new Set(largest.values())], overlaps };
}
