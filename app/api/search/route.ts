import { orUnavailable } from '@/lib/db/or-unavailable';
import { search } from '@/lib/search/find';
import { staffOrNull } from '@/lib/staff/session';

export const dynamic = 'force-dynamic';

const NO_STORE = { 'cache-control': 'private, no-store' };
/** As much as a search box takes. */
const LONGEST = 200;

/** What the search box shows as one types. */
async function get(request: Request): Promise<Response> {
  const access = await staffOrNull();
  if (!access) return Response.json({ error: 'Sign in first' }, { status: 401, headers: NO_STORE });
  const text = new URL(request.url).searchParams.get('q') ?? '';
  return Response.json({ groups: await search(access, text.slice(0, LONGEST)) }, { headers: NO_STORE });
}

export const GET = orUnavailable(get);
