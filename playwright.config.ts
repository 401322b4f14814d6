import { defineConfig } from '@playwright/test';
import { chromiumFlags, findChromium } from './scripts/chromium';

const executablePath = findChromium();

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/artifacts',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [['line'], ['json', { outputFile: 'test-results/e2e.json' }]],
  projects: [
    { name: 'http', testMatch: '*.http.spec.ts' },
    {
      name: 'browser',
      testIgnore: '*.http.spec.ts',
      use: {
        browserName: 'chromium',
        locale: 'en-GB',
        timezoneId: 'UTC',
        // A trace takes a third of the time of a test; `--trace retain-on-failure` makes one.
        screenshot: 'only-on-failure',
        launchOptions: { args: chromiumFlags(), ...(executablePath === null ? {} : { executablePath }) },
      },
    },
  ],
});
