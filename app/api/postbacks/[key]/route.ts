import { after } from 'next/server';
import { receive } from '@/lib/postbacks/receive';
import { flushTracing, isTracing } from '@/lib/tracing/tracing';

/** The one route for all providers. Every method is ours, so that none is answered by the framework. */
export const dynamic = 'force-dynamic';

async function receiveAny(request: Request): Promise<Response> {
  const response = await receive(request);
  // A function stands still once it has answered; only a span would be lost.
  if (isTracing()) after(flushTracing);
  return response;
}

export {
  receiveAny as DELETE,
  receiveAny as GET,
  receiveAny as HEAD,
  receiveAny as OPTIONS,
  receiveAny as PATCH,
  receiveAny as POST,
  receiveAny as PUT,
};
