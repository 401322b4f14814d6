import { hostOf } from '@/lib/forwarded';

interface Headers {
  get(name: string): string | null;
}

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
  return hostIn(origin) === hostOf(headers);
}

/**
 * A page of ours by all that the browser says, under another host than the one that arrived here: a proxy in between says a wrong one.
 * Of a browser that says nothing of the site it may be another site's page, which is refused just the same.
 */
export function isMisnamed(headers: Headers): boolean {
  const origin = headers.get('origin');
  if (origin === null || origin === 'null' || hostIn(origin) === null) return false;
  return ['same-origin', null].includes(headers.get('sec-fetch-site')) && hostIn(origin) !== hostOf(headers);
}

function hostIn(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
