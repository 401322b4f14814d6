import { NextRequest, NextResponse } from 'next/server';
import { bodyLimitOf, readBody, tooLarge } from '@/lib/body-limit';
import { handlers } from '@/lib/staff/auth';

/** Next-auth writes a line into the log for whatever else anybody asks, so it never hears of it. */
const ASKED = new Set(['csrf', 'session', 'providers', 'signin', 'signout', 'error', 'verify-request']);
const SENT = new Set(['callback/credentials', 'signin/credentials', 'signout']);

interface Context {
  readonly params: Promise<{ readonly nextauth: readonly string[] }>;
}

async function actionOf({ params }: Context): Promise<string> {
  return (await params).nextauth.join('/');
}

async function get(request: NextRequest, context: Context): Promise<Response> {
  const action = await actionOf(context);
  // Its own page for this, of which there is none.
  if (action === 'signin/credentials')
    return new NextResponse(null, { status: 302, headers: { location: '/sign-in' } });
  return ASKED.has(action) ? handlers.GET(request) : notFound();
}

/** Next-auth would read whatever comes, before it knows who sends it; on Vercel nothing else limits it. */
async function post(request: NextRequest, context: Context): Promise<Response> {
  if (!SENT.has(await actionOf(context))) return notFound();
  const limit = bodyLimitOf(request.url);
  const body = await readBody(request, limit);
  if (body === 'too_large') return Response.json({ error: tooLarge(limit) }, { status: 413 });
  return handlers.POST(new NextRequest(request.url, { method: 'POST', headers: request.headers, body }));
}

function notFound(): Response {
  return Response.json({ error: 'Not found' }, { status: 404 });
}

export { get as GET, post as POST };
