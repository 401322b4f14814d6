/**
 * Whether a state-changing request comes from one of our own pages. Next lets a request without an Origin through,
 * so it is asked again here: every browser of today says at least one of the two.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  const origin = headers.get('origin');
  // A plain form on a page with `Referrer-Policy: no-referrer` says `null`.
  if (origin === null || origin === 'null') return site === 'same-origin';
  const host = headers.get('x-forwarded-host') ?? headers.get('host');
  return URL.canParse(origin) && new URL(origin).host === host;
}
