import { isBearer } from '@/lib/bearer';
import { getEnv } from '@/lib/env';
import { indexClaims } from '@/lib/postbacks/index-claims';
import { runRetention } from '@/lib/retention/run';
import { reindexSearch } from '@/lib/search/reindex';

export const dynamic = 'force-dynamic';

/** Called by Vercel's schedule, with CRON_SECRET; without that setting nobody gets in. */
export async function GET(request: Request): Promise<Response> {
  const headers = { 'cache-control': 'private, no-store' };
  const { cronSecret } = getEnv();
  if (cronSecret === null || !isBearer(request.headers.get('authorization'), cronSecret))
    return Response.json({ error: 'Not authorised' }, { status: 401, headers });
  const { deleted, kept } = await runRetention(new Date());
  // Last, as it may need more than one call's time: it goes on with the next.
  await reindexSearch();
  await indexClaims();
  return Response.json({ deleted, kept }, { headers });
}
