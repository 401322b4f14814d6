import { isBearer } from '@/lib/bearer';
import { getEnv } from '@/lib/env';
import { runRetention } from '@/lib/retention/run';

export const dynamic = 'force-dynamic';

/** Called by Vercel's schedule, with CRON_SECRET; without that setting nobody gets in. */
export async function GET(request: Request): Promise<Response> {
  const headers = { 'cache-control': 'private, no-store' };
  const { cronSecret } = getEnv();
  if (cronSecret === null || !isBearer(request.headers.get('authorization'), cronSecret))
    return Response.json({ error: 'Not authorised' }, { status: 401, headers });
  const { deleted, kept } = await runRetention(new Date());
  return Response.json({ deleted, kept }, { headers });
}
