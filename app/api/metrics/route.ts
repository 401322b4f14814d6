import { isBearer } from '@/lib/bearer';
import { getEnv } from '@/lib/env';
import { metricsText } from '@/lib/metrics/gauges';

export const dynamic = 'force-dynamic';

const NO_STORE = { 'cache-control': 'private, no-store' };

/** For a collector of Prometheus that has METRICS_TOKEN; without that setting there is nothing here. */
export async function GET(request: Request): Promise<Response> {
  const { metricsToken } = getEnv();
  if (metricsToken === null) return new Response(null, { status: 404, headers: NO_STORE });
  if (!isBearer(request.headers.get('authorization'), metricsToken)) {
    return Response.json({ error: 'Not authorised' }, { status: 401, headers: NO_STORE });
  }
  const metrics = await metricsText();
  return new Response(metrics?.text ?? '', { headers: { ...NO_STORE, 'content-type': metrics?.type ?? 'text/plain' } });
}
