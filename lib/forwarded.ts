/**
 * Under which name and protocol somebody's browser sees us. Proxies behind each other make lists of these headers, of which the
 * first entry is the visitor's; some put quotes around a value, leave it empty or send what is no name at all.
 */

interface Headers {
  get(name: string): string | null;
}

const HOST = /^(?:[a-z\d](?:[a-z\d._-]*[a-z\d])?\.?|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/** What X-Forwarded-Host says, else Host, as an origin has it: in small letters, without the port that goes without saying. */
export function hostOf(headers: Headers): string | null {
  const isHost = (text: string): boolean => HOST.test(text) && URL.canParse(`http://${text}`);
  const host = firstOf(headers.get('x-forwarded-host'), isHost) ?? firstOf(headers.get('host'), isHost);
  return host === null ? null : new URL(`${protocolOf(headers) ?? 'http'}://${host}`).host;
}

/** Null where X-Forwarded-Proto does not say it. */
export function protocolOf(headers: Headers): 'http' | 'https' | null {
  const isProtocol = (text: string): boolean => /^https?:?$/i.test(text);
  const named = firstOf(headers.get('x-forwarded-proto'), isProtocol);
  if (named === null) return null;
  return named.toLowerCase().startsWith('https') ? 'https' : 'http';
}

function firstOf(list: string | null, makesSense: (text: string) => boolean): string | null {
  const entries = (list ?? '').split(',').map((entry) =>
    entry
      .trim()
      .replace(/^"(.*)"$/, '$1')
      .trim(),
  );
  return entries.find(makesSense) ?? null;
}

type Incoming = Record<string, string | string[] | undefined>;

/**
 * The same said once for all who read these headers after us, Next and its sign-in among them, which break on a list. What comes from a
 * page at `appUrl` comes from ours, whatever the proxy made of its name: only a browser that shows it there says that origin.
 */
export function tidyForwarded(headers: Incoming, appUrl: string | null): void {
  const get = (name: string): string | null => [headers[name]].flat().join(', ') || null;
  const own = appUrl !== null && headers.origin === appUrl ? new URL(appUrl) : null;
  const host = own?.host ?? hostOf({ get });
  const protocol = own?.protocol.slice(0, -1) ?? protocolOf({ get });
  const forwarded = headers['x-forwarded-host'] !== undefined;
  delete headers['x-forwarded-host'];
  delete headers['x-forwarded-proto'];
  if (host === null) headers.host = 'localhost';
  else if (forwarded) headers['x-forwarded-host'] = host;
  else headers.host = host;
  if (protocol !== null) headers['x-forwarded-proto'] = protocol;
}
