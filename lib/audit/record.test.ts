import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** They look at what is guarded, or prove who somebody is, and write nothing but the entry. */
const WRITE_NOTHING_ELSE = [
  'app/(desk)/exports/actions.ts',
  'app/(desk)/settings/password-actions.ts',
  'app/(desk)/settings/people/actions.ts',
  'lib/exports/export-file.ts',
  'lib/invoices/people.ts',
  'lib/invoices/unmapped-fields.ts',
  'lib/postbacks/shown-body.ts',
  'lib/projects/live-secrets.ts',
  'lib/projects/test-postback.ts',
];

it('an act that writes is logged by the statement that writes', () => {
  const files = ['app', 'lib', 'scripts'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
  );
  const apart = files.filter(
    (file) =>
      /(?<!test|testing)\.tsx?$/.test(file) && /\bawait recordAct\(|=>\s+recordAct\(/.test(readFileSync(file, 'utf8')),
  );
  expect(apart.sort()).toEqual(WRITE_NOTHING_ELSE);
});
