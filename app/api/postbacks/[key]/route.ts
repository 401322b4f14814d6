import { after } from 'next/server';
import { receive } from '@/lib/postbacks/receive';
import { flushTracing, isTracing } from '@/lib/tracing/tracing';

/** The one door for all providers. Every method is ours, so that none is answered by the framework. */
export const dynamic = 'force-dynamic';

async function door(request: Request): Promise<Response> {
  const response = await receive(request);
  // A function stands still once it has answered; only a span would be lost.
  if (isTracing()) after(flushTracing);
  return response;
}

export { door as DELETE, door as GET, door as HEAD, door as OPTIONS, door as PATCH, door as POST, door as PUT };
