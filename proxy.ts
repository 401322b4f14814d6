import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { bodyLimitOf, tooLarge } from '@/lib/body-limit';
import { contentSecurityPolicy, isTls, STRICT_TRANSPORT } from '@/lib/browser-policy';
import { isDecodable } from '@/lib/decodable';
import { getEnv } from '@/lib/env';
import { PATH_HEADER } from '@/lib/staff/return-path';
import { isMisnamed } from '@/lib/staff/same-origin';

const CSP = 'content-security-policy';

/**
 * Gives each page its content policy, and tells it its own address, so that signing in leads back to it. It is no lock:
 * access is decided where data is read.
 */
export function proxy(request: NextRequest): NextResponse {
  if (!isDecodable(request.nextUrl.pathname))
    return NextResponse.json({ error: 'The address is not readable' }, { status: 400 });
  const limit = bodyLimitOf(request.nextUrl.pathname);
  if (Number(request.headers.get('content-length') ?? 0) > limit)
    return NextResponse.json({ error: tooLarge(limit) }, { status: 413 });
  if (request.method === 'POST' && isMisnamed(request.headers)) return toExplanation(request);
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce, getEnv());
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  // Next reads the nonce from the request and puts it on every script of its own.
  headers.set(CSP, policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set(CSP, policy);
  if (isTls(request.headers, request.nextUrl.protocol))
    response.headers.set('strict-transport-security', STRICT_TRANSPORT);
  return response;
}

/** Next itself would refuse it too, with an error that names nothing. */
function toExplanation({ headers, url }: NextRequest): NextResponse {
  if (!headers.has('next-action')) return NextResponse.redirect(new URL(WRONG_ORIGIN, url), 303);
  return new NextResponse(null, { status: 403, headers: { 'x-action-redirect': `${WRONG_ORIGIN};push` } });
}

const WRONG_ORIGIN = '/wrong-origin';

/** Never the notification URL: a proxy holds back a body and cuts it at 10 MB. */
export const config = { matcher: ['/((?!api/|_next/static/).*)'] };
