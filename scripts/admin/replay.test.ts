import { expect, it } from 'vitest';
import { run } from './replay';

it.each([
  [['--project', 'nonsense'], '--project must be the id of a project'],
  [['--project', ''], '--project must be the id of a project'],
  [['--since', 'yesterday'], '--since must be a time'],
  [['--since', '0000'], '--since must be a time'],
  [['--until', '+99999-01-01'], '--until must be a time'],
])('%j is told in a sentence, before any database is asked', async (args, sentence) => {
  await expect(run(args)).rejects.toThrow(sentence);
});
