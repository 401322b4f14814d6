import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { TEST_SCOPE } from './scripts/test-scope.ts';

const ROOT = fileURLToPath(new URL('./', import.meta.url));
const FOLDERS = ['lib', 'app', 'components', 'scripts', 'bench', 'faults', 'i18n'];

const SHUFFLES_TESTS = TEST_SCOPE === 'all' || process.env.TEST_SEED !== undefined;

type ProjectName = 'pure' | 'database' | 'process';

/** Replaces modules, globals or settings of the process, or starts programs and servers of its own. */
const NEEDS_ITS_OWN_PROCESS =
  /\bvi\.(?:mock|unmock|doMock|resetModules|stubGlobal|stubEnv)\(|node:child_process|testing-programs\/|\bstartPostgres\(|\bstartWithRowSecurity\(|\bopenPglite\(|PGlite\.create\(/;
const NEEDS_A_DATABASE = /\/db\/testing'|'\.\/testing'/;

/** A test file belongs to a project by its contents, so there is no list to maintain. */
function projectOf(file: string): ProjectName {
  const text = readFileSync(join(ROOT, file), 'utf8');
  if (NEEDS_ITS_OWN_PROCESS.test(text)) return 'process';
  return NEEDS_A_DATABASE.test(text) ? 'database' : 'pure';
}

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
).filter((name) => /\.test\.tsx?$/.test(name));

type ProjectOptions = Pick<NonNullable<TestProjectInlineConfiguration['test']>, 'isolate' | 'maxWorkers'>;

function project(name: ProjectName, groupOrder: number, options: ProjectOptions): TestProjectInlineConfiguration {
  const include = files.filter((file) => projectOf(file) === name).map((file) => file.replace(/[()[\]]/g, '\\$&'));
  return { extends: true, test: { name, include, ...options, sequence: { groupOrder } } };
}

export default defineConfig({
  resolve: { alias: [{ find: /^@\//, replacement: ROOT }] },
  test: {
    // One after the other: a worker that is not isolated is only used again for files of its own project.
    projects: [
      project('pure', 0, { isolate: false, maxWorkers: 2 }),
      project('database', 1, { isolate: false, maxWorkers: 2 }),
      // These tests wait for programs, so a third worker uses the idle time.
      project('process', 2, { isolate: true, maxWorkers: 3 }),
    ],
    pool: 'forks',
    // No file may need another one before it, and before a release no test either; Vitest prints the seed.
    sequence: { shuffle: { files: true, tests: SHUFFLES_TESTS }, seed: Number(process.env.TEST_SEED ?? Date.now()) },
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // Generous: they catch what hangs, and say nothing about how fast a machine is.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    provide: { scope: TEST_SCOPE },
    setupFiles: ['lib/staff/cheap-passwords.testing.ts', 'lib/providers/novapay/few-keys.testing.ts'],
    globalSetup: ['lib/db/testing-setup.ts'],
    coverage: {
      provider: 'v8',
      include: ['lib/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*testing*'],
      reportOnFailure: true,
    },
    // A developer's own settings stay out of the tests; an empty one is an unset one.
    env: {
      DATABASE_URL: '',
      DATABASE_MIGRATION_URL: '',
      DATABASE_URL_UNPOOLED: '',
      DATA_DIR: join(tmpdir(), `tillbell-test-${process.pid}`),
      AUTH_SECRET: 'a secret that only tests know, of no worth',
      ENCRYPTION_KEY: Buffer.alloc(32, 'test').toString('base64'),
      ENCRYPTION_KEY_PREVIOUS: '',
      APP_URL: '',
      TRUSTED_PROXIES: '',
      CRON_SECRET: '',
      METRICS_TOKEN: '',
      SMTP_URL: '',
      LOG_LEVEL: 'error',
      OTEL_EXPORTER_OTLP_ENDPOINT: '',
    },
  },
});
