import { getLocale, getTranslations } from 'next-intl/server';
import { absoluteTime } from '@/components/ui/clock';
import { orUnavailable } from '@/lib/db/or-unavailable';
import { secondsUntil } from '@/lib/retry-after';
import { type Claims, searchClaims } from '@/lib/search/claims';
import { type Group, search } from '@/lib/search/find';
import { askForPeople } from '@/lib/search/people-quota';
import { getTimeZone } from '@/lib/staff/queries';
import { staffOrNull } from '@/lib/staff/session';

export const dynamic = 'force-dynamic';

const NO_STORE = { 'cache-control': 'private, no-store' };
/** As much as a search box takes. */
const LONGEST = 200;

/** The answer for the search box. `error` says that the member's quota is used up, so customers were not searched. */
export interface SearchAnswer {
  readonly error?: string;
  readonly groups: readonly Group[];
  readonly claims: Claims;
}

/** What the search box shows as one types. */
async function get(request: Request): Promise<Response> {
  const access = await staffOrNull();
  if (!access) return Response.json({ error: 'Sign in first' }, { status: 401, headers: NO_STORE });
  const text = new URL(request.url).searchParams.get('q') ?? '';
  const wanted = text.slice(0, LONGEST);
  const { asked, blockedUntil } = await askForPeople(access, wanted, { repeats: 'count' });
  const groups = await search(access, wanted, asked);
  const shown = new Set(groups.flatMap(({ hits }) => hits.map(({ id }) => id)));
  const claims = await searchClaims(access, wanted, shown);
  if (!blockedUntil) return Response.json({ groups, claims } satisfies SearchAnswer, { headers: NO_STORE });
  const answer: SearchAnswer = { error: await sentence(blockedUntil), groups, claims };
  return Response.json(answer, { status: 429, headers: { ...NO_STORE, 'retry-after': secondsUntil(blockedUntil) } });
}

async function sentence(until: Date): Promise<string> {
  const [t, zone, locale] = await Promise.all([getTranslations('search'), getTimeZone(), getLocale()]);
  return t('blocked', { time: absoluteTime(until.toISOString(), zone, locale) });
}

export const GET = orUnavailable(get);
