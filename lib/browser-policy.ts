import { protocolOf } from './forwarded';

/** What a browser may do on our pages. Whatever a payload smuggles past escaping, no policy here lets it run or load. */

interface Serving {
  /** The build of `npm run dev` evaluates its modules, writes its styles into the page and reloads over a WebSocket. */
  readonly development: boolean;
}

/** Content-Security-Policy of a page whose scripts carry `nonce`. */
export function contentSecurityPolicy(nonce: string, { development }: Serving): string {
  const directives = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self'${development ? " 'unsafe-inline'" : ''}`,
    // Bars and indents are drawn with style attributes; they can neither load nor run anything.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return directives.join('; ');
}

/** Of everything that is no page: files and answers in JSON. */
export const NO_PAGE_POLICY = "default-src 'none'; frame-ancestors 'none'";

/** A year. Without subdomains: those are the shop's, and not ours to decide. */
export const STRICT_TRANSPORT = 'max-age=31536000';

/** Whether the browser spoke TLS, to us or to the proxy in front of us. One that says so wrongly harms nobody but itself. */
export function isTls(headers: Headers, protocol: string): boolean {
  return (protocolOf(headers) ?? protocol.replace(/:$/, '')) === 'https';
}
