import type { useTranslations } from 'next-intl';
import { groupDigits, trimZeros } from '@/components/ui/digits';
import { DELIVERY_STATUSES } from '@/lib/deliveries/status';
import { formatWaybill } from '@/lib/explorers';
import { isInvoiceStatus } from '@/lib/invoices/status';
import type { Changes } from '@/lib/postbacks/changes';
import { TRANSACTION_KINDS } from '@/lib/transactions/status';
import { clip, visible } from '@/lib/visible';

type Words = ReturnType<typeof useTranslations<'invoices'>>;
type Amount = (amount: string, currency: string | null) => string;

/** What one postback changed, a sentence each. */
export function changeWords(t: Words, changes: Changes, currency: string | null, locale: string): readonly string[] {
  const money: Amount = (amount, unit) => moneyWords(amount, unit, locale);
  const { status, amount, waybills = [], failureReasons = [], delivery, movements = [] } = changes;
  const [before, after] = amount ?? [null, null];
  return [
    ...(changes.created ? [t('event.created')] : []),
    ...(status ? [statusLine(t, status)] : []),
    ...(after !== null && movements.length === 0
      ? [amountLine(t, before, after, (amount) => money(amount, currency))]
      : []),
    ...movements.map((row) =>
      t('event.movement', { kind: kindWord(t, row.kind), amount: money(row.amount, row.currency) }),
    ),
    ...waybills.map((number) => t('event.waybill', { number: formatWaybill(visible(clip(number, 60))) })),
    ...failureReasons.map((reason) => t('event.failure', { reason: visible(clip(reason, 300)) })),
    ...(delivery && !isNamedAlready(delivery[1], changes) ? [deliveryLine(t, delivery[1])] : []),
  ];
}

/** The waybill or the failure has a line of its own. */
function isNamedAlready(delivery: string, { waybills, failureReasons }: Changes): boolean {
  if (delivery === 'waybill_created') return waybills !== undefined;
  return delivery === 'waybill_failed' && failureReasons !== undefined;
}

function statusLine(t: Words, [from, to]: readonly [string | null, string]): string {
  const word = (status: string): string => (isInvoiceStatus(status) ? t(`status.${status}`) : status);
  return from === null ? word(to) : t('event.status', { from: word(from), to: word(to) });
}

function amountLine(t: Words, from: string | null, to: string, money: (amount: string) => string): string {
  return from === null
    ? t('event.amountFirst', { to: money(to) })
    : t('event.amount', { from: money(from), to: money(to) });
}

function deliveryLine(t: Words, status: string): string {
  const known = DELIVERY_STATUSES.find((word) => word === status);
  return t('event.deliveryStatus', { to: known ? t(`delivery.${known}`) : status });
}

function kindWord(t: Words, kind: string): string {
  const known = TRANSACTION_KINDS.find((word) => word === kind);
  return known ? t(`kind.${known}`) : kind;
}

function moneyWords(amount: string, currency: string | null, locale: string): string {
  const shown = groupDigits(trimZeros(amount), locale);
  return currency ? `${shown} ${visible(clip(currency, 24))}` : shown;
}
