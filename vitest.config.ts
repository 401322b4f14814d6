import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: [{ find: /^@\//, replacement: fileURLToPath(new URL('./', import.meta.url)) }] },
  test: {
    include: ['{lib,app,components,scripts,bench,faults,i18n}/**/*.test.{ts,tsx}', '*.test.ts'],
    exclude: ['**/node_modules/**', '.next/**', 'e2e/**'],
    pool: 'forks',
    // Generous: they catch what hangs, and say nothing about how fast a machine is.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    teardownTimeout: 60_000,
    globalSetup: ['lib/db/testing-setup.ts'],
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
