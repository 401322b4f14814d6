import { NextRequest } from 'next/server';
import { bodyLimitOf, readBody, tooLarge } from '@/lib/body-limit';
import { handlers } from '@/lib/staff/auth';

/** Next-auth would read whatever comes, before it knows who sends it; on Vercel nothing else limits it. */
async function post(request: NextRequest): Promise<Response> {
  const limit = bodyLimitOf(request.url);
  const body = await readBody(request, limit);
  if (body === 'too_large') return Response.json({ error: tooLarge(limit) }, { status: 413 });
  return handlers.POST(new NextRequest(request.url, { method: 'POST', headers: request.headers, body }));
}

export const { GET } = handlers;
export { post as POST };
