import { receive } from '@/lib/postbacks/receive';

/** The one door for all providers. Every method is ours, so that none is answered by the framework. */
export const dynamic = 'force-dynamic';

function door(request: Request): Promise<Response> {
  return receive(request);
}

export { door as DELETE, door as GET, door as HEAD, door as OPTIONS, door as PATCH, door as POST, door as PUT };
