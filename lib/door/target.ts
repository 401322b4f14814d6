const PREFIX = '/api/postbacks/';
const ORIGIN = 'http://localhost';
const KEY = /^[A-Za-z0-9_-]{1,128}$/;
/** Shorter than any key we make: what is spelled so oddly belongs to nobody. */
const NOBODYS = `${ORIGIN}${PREFIX}-`;

/**
 * The address to hand on for a request target that means a notification URL, however it is spelled: trailing or
 * doubled slashes, a query, percent-encoding, the absolute form a proxy sends. Null: not ours. Never throws.
 */
export function postbackUrl(target: string): string | null {
  const path = target.startsWith(PREFIX) ? target : tidy(target);
  if (path === null) return null;
  const key = path.slice(PREFIX.length);
  return KEY.test(key) ? `${ORIGIN}${PREFIX}${key}` : oddlySpelled(key);
}

/** A notification URL behind an absolute form or doubled slashes, or without any key. */
function tidy(target: string): string | null {
  const path = target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '').replace(/^[/\\]+/, '/');
  const [first = ''] = path.split(/[?#]/, 1);
  const single = `${first.replace(/\/+/g, '/')}/`;
  return single.startsWith(PREFIX) ? single : null;
}

function oddlySpelled(rest: string): string {
  const [path = ''] = rest.split(/[?#]/, 1);
  const key = decoded(path.replace(/^\/+|\/+$/g, ''));
  return key !== null && KEY.test(key) ? `${ORIGIN}${PREFIX}${key}` : NOBODYS;
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
