import { orUnavailable } from '@/lib/db/or-unavailable';
import { streamsFull } from '@/lib/live';
import { liveStream } from '@/lib/live-stream';
import { staffWatching } from '@/lib/staff/session';

export const dynamic = 'force-dynamic';
export const maxDuration = 300;

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'private, no-store, no-transform',
  'x-accel-buffering': 'no',
};

const NO_STORE = { 'cache-control': 'private, no-store' };

async function get(request: Request): Promise<Response> {
  const access = await staffWatching();
  if (!access) return Response.json({ error: 'Sign in first' }, { status: 401, headers: NO_STORE });
  if (streamsFull(access)) {
    const error = 'Too many of your screens listen at once; close some of them';
    return Response.json({ error }, { status: 429, headers: { ...NO_STORE, 'retry-after': '30' } });
  }
  const resume = {
    lastEventId: request.headers.get('last-event-id'),
    age: new URL(request.url).searchParams.get('age'),
  };
  return new Response(liveStream(access, resume, request.signal), { headers: HEADERS });
}

/** Next would answer HEAD with a stream that nobody reads. The page asks this way whether it is still signed in. */
async function head(): Promise<Response> {
  const access = await staffWatching();
  return new Response(null, { status: access ? 200 : 401, headers: NO_STORE });
}

export const GET = orUnavailable(get);
export const HEAD = orUnavailable(head);
