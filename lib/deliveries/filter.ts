import {
  type ListFilter,
  listParams,
  type Notice,
  type Params,
  Reader,
  readList,
  type Scope,
  withQuery,
} from '@/lib/query-string';
import { DELIVERY_STATUSES, type DeliveryStatus } from './status';

export const DELIVERY_TEST_CHOICES = ['include', 'only', 'exclude'] as const;

/** `unresolved`: failed waybills that need a person, oldest first, whatever the status filter says. */
export const DELIVERY_VIEWS = ['all', 'unresolved'] as const;
export type DeliveryView = (typeof DELIVERY_VIEWS)[number];

/** Which parcels a list and its counts are about; the dates compare when the parcel last changed. */
export interface DeliveryFilter extends ListFilter {
  readonly view: DeliveryView;
  /** Empty: every status. */
  readonly status: readonly DeliveryStatus[];
  /** Lists show test rows by default, marked. */
  readonly test: (typeof DELIVERY_TEST_CHOICES)[number];
}

function isDeliveryStatus(word: string): word is DeliveryStatus {
  return (DELIVERY_STATUSES as readonly string[]).includes(word);
}

export function readDeliveryFilter(
  params: Params,
  scope: Scope,
): { readonly filter: DeliveryFilter; readonly notices: readonly Notice[] } {
  const reader = new Reader(params);
  const filter: DeliveryFilter = {
    ...readList(reader, scope),
    view: reader.one('view', (text) => DELIVERY_VIEWS.find((view) => view === text) ?? null) ?? 'all',
    status: reader.many('status', isDeliveryStatus),
    test: reader.one('test', (text) => DELIVERY_TEST_CHOICES.find((choice) => choice === text) ?? null) ?? 'include',
  };
  return { filter, notices: reader.notices };
}

export function deliveriesHref(filter: DeliveryFilter, zone: string, change: Partial<DeliveryFilter> = {}): string {
  const next: DeliveryFilter = { ...filter, after: null, ...change };
  const params = listParams(next, zone);
  if (next.view !== 'all') params.set('view', next.view);
  for (const status of next.status) params.append('status', status);
  if (next.test !== 'include') params.set('test', next.test);
  return withQuery('/deliveries', params);
}

/** Whether anything but the view and the page is chosen. */
export function isFiltered({ q, provider, project, from, to, status, test }: DeliveryFilter): boolean {
  return Boolean(q || provider || project || from || to || status.length > 0 || test !== 'include');
}
