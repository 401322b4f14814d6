import { type NextRequest, NextResponse } from 'next/server';
import { PATH_HEADER } from '@/lib/staff/return-path';

/** Tells pages their own address, so that signing in leads back to it. It is no lock: access is decided where data is read. */
export function proxy(request: NextRequest): NextResponse {
  const headers = new Headers(request.headers);
  headers.set(PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  return NextResponse.next({ request: { headers } });
}

/** Never the notification URL: a proxy holds back a body and cuts it at 10 MB. */
export const config = { matcher: ['/((?!api/|_next/|.*\\.[a-z0-9]+$).*)'] };
