import { createHash, timingSafeEqual } from 'node:crypto';
import { getEnv } from '@/lib/env';
import { runRetention } from '@/lib/retention/run';

export const dynamic = 'force-dynamic';

/** Called by Vercel's schedule, with CRON_SECRET; without that setting nobody gets in. */
export async function GET(request: Request): Promise<Response> {
  const headers = { 'cache-control': 'private, no-store' };
  if (!isScheduled(request)) return Response.json({ error: 'Not authorised' }, { status: 401, headers });
  const { deleted, kept } = await runRetention(new Date());
  return Response.json({ deleted, kept }, { headers });
}

function isScheduled(request: Request): boolean {
  const { cronSecret } = getEnv();
  if (cronSecret === null) return false;
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(request.headers.get('authorization') ?? ''), digest(`Bearer ${cronSecret}`));
}
