/** Values that somebody may put behind any parameter of any page, each encoded as it stands in an address. */
const VALUES: readonly string[] = [
  '9999-12-31',
  '10000-01-01',
  '0100-01-01',
  '0001-01-01',
  '2026-02-30',
  '-271821-04-20',
  '2026-11-30T00:00:00Z',
  'infinity',
  'NaN',
  '-0',
  '0x10',
  '1e309',
  '9'.repeat(2_000),
  `0.${'0'.repeat(2_000)}1`,
  '-9223372036854775809',
  '%00',
  'a%00b',
  '%ED%A0%80',
  '%F0%9F%98%80'.repeat(150),
  '%E2%80%AE',
  '%FF',
  '%25',
  '%0D%0A',
  '%27%22%3C%3E%5C',
  'a'.repeat(3_000),
  ','.repeat(2_000),
  '__proto__',
  'constructor',
  'null',
  '%5B%5D',
  'Etc/Unknown',
  'EST5EDT',
  'Etc/GMT-14',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
];

/** All that any page or file reads, and what none does. */
const NAMES = [
  ...['q', 'status', 'provider', 'project', 'from', 'to', 'tz', 'min', 'max', 'test', 'columns', 'sort', 'after'],
  ...['kind', 'outcome', 'view', 'panel', 'who', 'action', 'all', 'unresolved', 'expected', 'people', 'preset'],
  ...['format', 'dialect', 'density', 'times', 'tab', 'raw', 'compare', 'next', 'token', 'error', 'limit', 'size'],
] as const;

function cursor(at: string): string {
  return btoa(`${at} ffffffff-ffff-ffff-ffff-ffffffffffff`).replace(/=+$/, '');
}

/** Query strings that fail only with two parameters, and single dates, because a period that ends before it begins is ignored. */
const TOGETHER: readonly string[] = [
  'from=9999-12-31',
  'to=9999-12-31',
  'to=9999-12-31&tz=America/Los_Angeles',
  'from=9999-12-30&to=9999-12-31&tz=Pacific/Kiritimati',
  'from=0100-01-01&tz=Pacific/Kiritimati',
  'to=0100-01-01&tz=Etc/GMT%2B12',
  'from=0100-01-01&to=9999-12-31',
  'from=9999-12-31&from=0100-01-01&to=9999-12-31&to=x',
  `after=${cursor('9999-12-31T23:59:59.999999Z')}`,
  `after=${cursor('0100-01-01T00:00:00.000000Z')}&sort=oldest`,
  `after=${cursor('2026-02-30T00:00:00.000000Z')}`,
  `after=${cursor('infinity')}`,
  `after=${cursor(`${'9'.repeat(40)}.${'9'.repeat(40)}`)}&sort=largest`,
  `after=${cursor('-1')}&sort=smallest`,
  `after=${cursor('1')}&sort=newest`,
  'min=1&max=-1&sort=largest',
  `min=${'9'.repeat(3_000)}&max=0.${'1'.repeat(3_000)}`,
  'q=a&q=b&status=paid&status=%00&project=x&project=y',
  `q=${'%D0%B0'.repeat(200)}`,
  `q=${'9'.repeat(200)}`,
  'q=%5C&q=%25_',
  'q=%3A%2A%20%26%20%7C%20!%20(%27',
  '%00=%00',
  '=&==&&',
  '%',
  '__proto__=1&constructor=2&toString=3',
  `${'a=1&'.repeat(3_000)}b=1`,
];

/** Each of them may stand behind any address: none is answered with a 500, and no part of a page fails. */
export const QUERY_STRINGS: readonly string[] = [
  ...VALUES.map((value) =>
    NAMES.filter((name) => name !== 'to')
      .map((name) => `${name}=${value.slice(0, 240)}`)
      .join('&'),
  ),
  ...VALUES.map((value) => `to=${value}`),
  ...TOGETHER,
];

/** The addresses that read a query beside the pages of the table. */
export const MORE_PATHS: readonly string[] = [
  ...['invoices', 'invoice_list', 'transactions', 'deliveries', 'items', 'postbacks'].map(
    (view) => `/api/exports/${view}.csv`,
  ),
  '/deliveries?view=unresolved',
  '/?all=failed_waybills',
  '/sign-in',
  '/sign-in/code',
  '/sign-out',
  '/setup',
  '/invitation/nothing',
  '/reset-password/nothing',
  '/wrong-origin',
  '/api/health',
  '/api/metrics',
  '/api/auth/csrf',
  '/api/auth/session',
  '/api/auth/providers',
  '/api/auth/signin',
  '/api/auth/signout',
  '/api/auth/error',
  '/api/auth/verify-request',
];
