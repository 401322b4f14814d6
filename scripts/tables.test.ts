import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeTables } from './tables';

it('docs/tables.md describes the schema (npm run docs:tables writes it)', () => {
  expect(readFileSync(new URL('../docs/tables.md', import.meta.url), 'utf8')).toBe(describeTables());
});
