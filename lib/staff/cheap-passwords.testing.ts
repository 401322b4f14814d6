import { vi } from 'vitest';

/** Real argon2id at the least cost it allows: a hash at the real cost takes 60 ms and 46 MB, and tests make thousands. */
vi.mock('@node-rs/argon2', async (importOriginal) => {
  const argon2 = await importOriginal<typeof import('@node-rs/argon2')>();
  const cheap = { memoryCost: 8, timeCost: 1, parallelism: 1 };
  return { ...argon2, hash: (password: string) => argon2.hash(password, cheap) };
});
