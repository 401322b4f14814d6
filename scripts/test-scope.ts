/**
 * The scope of a test run: `commit` is `npm test`; `all` is `npm run test:all`, which a release needs.
 * docs/testing.md says what the difference is.
 */
export type TestScope = 'commit' | 'all';

export const TEST_SCOPE: TestScope =
  process.env.TEST_SCOPE === 'all' || process.argv.includes('--all') ? 'all' : 'commit';
