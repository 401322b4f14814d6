import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ACTIONS, OPEN_ROUTES, OPERATOR_ONLY, ROUTES } from '@/e2e/access/table';

const FILES = readdirSync('app', { recursive: true, encoding: 'utf8' })
  .map((name) => `app/${name}`)
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));

/** Pages that the framework makes by itself. */
const OF_THE_FRAMEWORK = ['/_global-error', '/_not-found', '/icon.svg'];

it('every route in the source is in the table of who may do what', () => {
  const routes = FILES.filter((file) => /\/(?:page\.tsx|route\.ts)$/.test(file)).map((file) => {
    const parts = file.split('/').slice(1, -1);
    return `/${parts.filter((part) => !part.startsWith('(')).join('/')}`;
  });
  const known = [...ROUTES.map(({ route }) => route), ...OPEN_ROUTES];
  expect([...new Set([...routes, ...OF_THE_FRAMEWORK])].sort()).toEqual([...new Set(known)].sort());
});

it('every action in the source is in the table of who may do what', () => {
  const actions = FILES.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    if (!/^\s*['"]use server['"]/m.test(text)) return [];
    return [...text.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)].map(([, name]) => `${file} ${name}`);
  });
  expect(actions.sort()).toEqual(ACTIONS.map(({ action }) => action).sort());
});

it('no page and no action offers what only an operator may do', () => {
  for (const file of FILES) {
    const text = readFileSync(file, 'utf8');
    for (const module of OPERATOR_ONLY) expect(text.includes(`@/${module}'`), `${file} imports ${module}`).toBe(false);
  }
});
