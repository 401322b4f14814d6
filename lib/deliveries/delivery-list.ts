import { defineList, type FilterOf } from '@/lib/lists/define-list';
import { tabFilter, testFilter, wordsFilter } from '@/lib/lists/filter-kinds';
import { DELIVERY_STATUSES } from './status';

/** `unresolved`: failed waybills that need attention, oldest first, whatever the status filter says. */
export const DELIVERY_VIEWS = ['all', 'unresolved'] as const;

export const deliveryList = defineList({
  name: 'deliveries',
  path: '/deliveries',
  filters: {
    view: tabFilter(DELIVERY_VIEWS),
    status: wordsFilter(DELIVERY_STATUSES),
    test: testFilter,
  },
  sorts: ['newest'],
  columns: {
    all: ['time', 'order', 'status', 'waybill', 'recipient', 'project'],
    usual: ['time', 'order', 'status', 'waybill', 'recipient', 'project'],
    fixed: 'order',
    people: 'recipient',
  },
});

/** The deliveries that a list, its counts and its file are about; the dates compare when one last changed. */
export type DeliveryFilter = FilterOf<typeof deliveryList>;
