import { vi } from 'vitest';
import type { Credential } from '../provider';

/** More than any test needs that must tell one key from another. */
const PAIRS = 12;

declare global {
  /** For all files of a process. */
  var testKeyPairs: Credential[] | undefined;
}

/** Real pairs of RSA keys, given out in turn: one takes up to a second to make, and tests ask for a thousand. */
vi.mock('@/lib/providers/novapay/keys', async (importOriginal) => {
  const keys = await importOriginal<typeof import('./keys')>();
  const createKeyPair = (): Credential => {
    globalThis.testKeyPairs ??= [];
    const pairs = globalThis.testKeyPairs;
    const pair = (pairs.length < PAIRS ? undefined : pairs.shift()) ?? keys.createKeyPair();
    pairs.push(pair);
    return pair;
  };
  return { ...keys, createKeyPair };
});
