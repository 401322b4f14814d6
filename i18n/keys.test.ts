import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readMessages } from './catalogue';

const WORDS = /(?:getTranslations|useTranslations)\((?:'([\w.]+)')?\)/g;
const ASKED = /(?<![\w.])t(?:\.rich)?\(\s*'([\w.]+)'/g;

/** In a file with several sets of words one of them must have it: text alone does not tell which is meant. */
it('every word that a screen asks for by its name is there', async () => {
  const messages = await readMessages('en', false);
  const has = (path: string): boolean => {
    let found: unknown = messages;
    for (const part of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[part];
    return found !== undefined;
  };
  const screens = ['app', 'components'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const missing: string[] = [];
  let asked = 0;
  for (const file of screens.filter((name) => name.endsWith('.tsx'))) {
    const text = readFileSync(file, 'utf8');
    const namespaces = [...text.matchAll(WORDS)].map(([, namespace]) => (namespace ? `${namespace}.` : ''));
    if (namespaces.length === 0 || /[({,]\s*t:/.test(text)) continue;
    for (const [, key] of text.matchAll(ASKED)) {
      asked += 1;
      if (!namespaces.some((within) => has(`${within}${key}`))) missing.push(`${file}: ${key}`);
    }
  }
  expect(missing).toEqual([]);
  expect(asked).toBeGreaterThan(200);
});
