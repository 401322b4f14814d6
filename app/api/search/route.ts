import { orUnavailable } from '@/lib/db/or-unavailable';
import { searchClaims } from '@/lib/search/claims';
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
  const asked = text.slice(0, LONGEST);
  const groups = await search(access, asked);
  const shown = new Set(groups.flatMap(({ hits }) => hits.map(({ id }) => id)));
  const claims = await searchClaims(access, asked, shown);
  return Response.json({ groups, claims }, { headers: NO_STORE });
}

export const GET = orUnavailable(get);
