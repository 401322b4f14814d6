import { PGlite } from '@electric-sql/pglite';
import { expect, it } from 'vitest';
import { keepUp } from './pglite-upkeep';

it('does nothing while a backup holds the log, and goes on afterwards', async () => {
  const pglite = await PGlite.create();
  const asked: string[] = [];
  const query: PGlite['query'] = (text, ...rest) => {
    asked.push(text);
    return pglite.query(text, ...rest);
  };
  const upkeep = keepUp(
    new Proxy(pglite, { get: (target, name) => (name === 'query' ? query : Reflect.get(target, name)) }),
    5,
  );
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  const release = await upkeep.hold();
  const before = asked.length;
  // Ten of its turns: none is one too many, so waiting longer cannot make it right.
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(asked.length).toBe(before);
  release();
  await expect.poll(() => asked.length).toBeGreaterThan(before);
  upkeep.stop();
  await pglite.close();
});
