/** What listening on an address means for who wants to reach the server. */

export function isEveryInterface(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** Where this machine reaches it, as an address has it. */
export function reachableHost(host: string): string {
  if (isEveryInterface(host)) return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** For people who read it in a terminal: the name that every browser knows. */
export function displayedHost(host: string): string {
  return isEveryInterface(host) || isLoopback(host) ? 'localhost' : reachableHost(host);
}

/** Who can reach the server, for the operator at its start. */
export function reachSentence(host: string, port: number): string {
  if (isEveryInterface(host))
    return `It listens on all interfaces (HOST=${host}): whoever reaches port ${port} of this machine reaches it without TLS.`;
  if (isLoopback(host))
    return `It listens on ${host}: only this machine reaches it, a reverse proxy on it among others. HOST=0.0.0.0 opens it to all.`;
  return `It listens on ${host} (HOST).`;
}
