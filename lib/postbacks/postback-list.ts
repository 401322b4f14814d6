import { defineList, type FilterOf } from '@/lib/lists/define-list';
import { testFilter, wordsFilter } from '@/lib/lists/filter-kinds';
import { TIME_SORTS } from '@/lib/sort';
import { KEPT_OUTCOMES } from './outcome';

export const postbackList = defineList({
  name: 'postbacks',
  path: '/postbacks',
  filters: {
    outcome: wordsFilter(KEPT_OUTCOMES),
    test: testFilter,
  },
  sorts: TIME_SORTS,
  columns: {
    all: [
      'time',
      'outcome',
      'reason',
      'order',
      'invoice',
      'project',
      'provider',
      'verified',
      'size',
      'answer',
      'word',
      'amount',
    ],
    usual: ['time', 'outcome', 'reason', 'order', 'invoice', 'project', 'word', 'amount'],
    fixed: 'time',
  },
});

export type PostbackFilter = FilterOf<typeof postbackList>;
