import { expect, it } from 'vitest';
import { openDatabase } from './client';
import { orUnavailable } from './or-unavailable';
import { projects } from './schema';

it('answers 503 where the database does not answer, by a statement or by the builder', async () => {
  const away = await openDatabase({ url: 'postgres://a@127.0.0.1:1/a' });
  const byStatement = orUnavailable(async () => Response.json(await away.run({ name: null, text: 'select 1' }, [])));
  const byBuilder = orUnavailable(async () => Response.json(await away.orm.select().from(projects)));
  for (const route of [byStatement, byBuilder]) {
    const answer = await route();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
  }
  await away.close();
});

it('hands on every other answer and every other failure', async () => {
  const route = orUnavailable(async (name: string) => {
    if (name === '') throw new Error('a defect');
    return new Response(name, { status: 404 });
  });
  expect(await (await route('x')).text()).toBe('x');
  await expect(route('')).rejects.toThrow('a defect');
});
