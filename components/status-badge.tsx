import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { DELIVERY_STATUSES, type DeliveryStatus } from '@/lib/deliveries/status';
import { type CashOnDelivery, type InvoiceStatus, isInvoiceStatus } from '@/lib/invoices/status';
import { Badge } from './ui/badge';
import type { IconName } from './ui/icon';
import type { Tone } from './ui/tone';

type Look = readonly [Tone, IconName?];

const INVOICE = {
  unknown: ['neutral', 'circle-alert'],
  created: ['neutral'],
  processing: ['progress'],
  canceled: ['neutral', 'ban'],
  failed: ['bad'],
  expired: ['neutral', 'clock'],
  on_hold: ['progress', 'key-round'],
  partial: ['attention', 'hand-coins'],
  paid: ['good'],
  overpaid: ['attention', 'plus'],
  voided: ['neutral', 'undo-2'],
} as const satisfies Record<InvoiceStatus, Look>;

const DELIVERY = {
  none: ['neutral'],
  waybill_failed: ['bad'],
  waybill_created: ['good', 'file-text'],
  carrier_unknown: ['neutral', 'circle-alert'],
  not_found: ['attention'],
  deleted: ['bad', 'ban'],
  awaiting_handover: ['progress', 'package'],
  packing: ['progress', 'package'],
  in_transit: ['progress', 'truck'],
  delivery_attempt_failed: ['attention'],
  ready_for_pickup: ['progress', 'package'],
  storage_expired: ['bad'],
  refused: ['bad', 'undo-2'],
  received: ['good'],
} as const satisfies Record<DeliveryStatus, Look>;

/** What the provider calls paid while the cash of the parcel is not there. */
const CASH = {
  expected: ['progress', 'hand-coins'],
  collected: ['progress', 'hand-coins'],
  refused: ['bad', 'undo-2'],
} as const satisfies Partial<Record<CashOnDelivery, Look>>;

interface InvoiceStatusProps {
  readonly status: string;
  readonly raw?: string;
  readonly cash: CashOnDelivery | null;
}

/** The word we use, with the provider's own in the title. */
export function InvoiceStatusBadge({ status, raw, cash }: InvoiceStatusProps): ReactElement {
  const t = useTranslations('invoices');
  const known = isInvoiceStatus(status) ? status : 'unknown';
  const open = known === 'paid' && cash !== null && cash !== 'received' ? cash : null;
  const [tone, icon]: Look = open ? CASH[open] : INVOICE[known];
  const statusWord = known === 'unknown' && raw ? `${t('status.unknown')}: ${raw.slice(0, 24)}` : t(`status.${known}`);
  const word = open ? t(`cash.${open}`) : statusWord;
  return (
    <Badge tone={tone} {...(icon ? { icon } : {})} {...(raw ? { title: raw.slice(0, 200) } : {})}>
      {word}
    </Badge>
  );
}

export function DeliveryStatusBadge({ status }: { readonly status: string }): ReactElement {
  const t = useTranslations('invoices.delivery');
  const known = DELIVERY_STATUSES.find((word) => word === status) ?? 'carrier_unknown';
  const [tone, icon]: Look = DELIVERY[known];
  return (
    <Badge tone={tone} {...(icon ? { icon } : {})}>
      {t(known)}
    </Badge>
  );
}

/** Test money is marked wherever it is shown. */
export function TestBadge(): ReactElement {
  const t = useTranslations('invoices');
  return (
    <Badge icon="flask-conical" title={t('testTitle')} tone="attention">
      {t('test')}
    </Badge>
  );
}
