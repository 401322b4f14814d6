import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ListResults } from '@/app/(desk)/lists/list-results';
import type { ViewOf } from '@/app/(desk)/lists/list-view';
import { WordChips } from '@/components/word-chips';
import { countLog, listLog, type Searched } from '@/lib/postbacks/log';
import { KEPT_OUTCOMES } from '@/lib/postbacks/outcome';
import type { postbackList } from '@/lib/postbacks/postback-list';
import { listCounters } from '@/lib/postbacks/queries';
import { useLogColumns } from './columns';
import { Counters } from './counters';

const WEEK_MS = 7 * 86_400_000;

export async function PostbackResults(view: ViewOf<typeof postbackList, Searched>): Promise<ReactElement> {
  const { access, filter, clock, hrefOf } = view;
  const [page, counts, counters, t] = await Promise.all([
    listLog(access, filter),
    countLog(access, filter),
    listCounters(access, new Date(clock.now.getTime() - WEEK_MS)),
    getTranslations('postbacks'),
  ]);
  return (
    <ListResults
      bottom={<Counters clock={clock} counters={counters} />}
      chips={
        <WordChips
          chosen={filter.outcome}
          counts={counts}
          hrefOf={(outcome) => hrefOf({ outcome })}
          label={t('list.outcome')}
          wordOf={(outcome) => t(`outcome.${outcome}`)}
          words={KEPT_OUTCOMES}
        />
      }
      isFirstUse={async () => true}
      page={page}
      useColumns={useLogColumns}
      view={view}
    />
  );
}
