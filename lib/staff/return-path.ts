/** Set by `proxy.ts` on every page request, whatever the client sent under this name. */
export const PATH_HEADER = 'x-tillbell-path';

const HERE = 'http://here.invalid';

/**
 * Where to go after signing in: a path of this very origin, else the overview. Resolving it as a browser does
 * catches `//host`, `/\host` and control characters.
 */
export function safeReturnPath(wanted: string | null | undefined): string {
  if (!wanted?.startsWith('/') || !URL.canParse(wanted, HERE)) return '/';
  const url = new URL(wanted, HERE);
  if (url.origin !== HERE || url.pathname.startsWith('//')) return '/';
  if (/^\/(sign-in|setup|api)(\/|$)/.test(url.pathname)) return '/';
  // What Next adds to a client navigation.
  url.searchParams.delete('_rsc');
  return `${url.pathname}${url.search}`;
}

export function signInPath(from: string | null): string {
  const path = safeReturnPath(from);
  return path === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ next: path })}`;
}
