import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const CODE =
  /'((?:export|invoice|names|owner|password|people|person|postback|project|retention|second_factor|secret|session|staff|waybill)\.[a-z_]+)'/g;
const { audit }: { audit: { action: Record<string, string> } } = JSON.parse(
  readFileSync('messages/en/audit.json', 'utf8'),
);

/** Files that write to the audit log, by what they say. */
function writers(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test|\.testing)\.tsx?$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .filter((text) => /insert into audit_log|recordAct\(/.test(text));
}

test('every act that the product writes down has words', () => {
  const codes = [...writers('lib'), ...writers('app')].flatMap((text) =>
    [...text.replaceAll(/Translations\([^)]*\)/g, '').matchAll(CODE)].map(([, code]) => code),
  );
  expect(codes.length).toBeGreaterThan(20);
  const known = new Set(Object.keys(audit.action));
  expect([...new Set(codes)].filter((code = '') => !known.has(code.replaceAll('.', '_'))).sort()).toEqual([]);
});
