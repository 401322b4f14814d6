import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Foreign } from '@/components/foreign';
import { DeliveryStatusBadge } from '@/components/status-badge';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Icon } from '@/components/ui/icon';
import { Notice } from '@/components/ui/notice';
import { Time } from '@/components/ui/time';
import type { DeliveryRow } from '@/lib/deliveries/queries';
import { formatWaybill, isDomesticWaybill, trackingLink } from '@/lib/explorers';
import { clip, visible } from '@/lib/visible';

interface ParcelCardProps {
  readonly delivery: DeliveryRow;
  readonly clock: Clock;
}

/** The parcel of the order: its waybills, or why there is none. */
export function ParcelCard({ delivery, clock }: ParcelCardProps): ReactElement {
  const t = useTranslations('invoices.detail');
  const { waybills, failureReasons, carrierText, carrierCode } = delivery;
  return (
    <Card
      actions={<Time at={delivery.updatedAt} className="text-muted text-xs" now={clock.now} zone={clock.zone} />}
      title={t('parcel')}
    >
      <div className="grid gap-3 text-sm">
        <div className="flex flex-wrap items-center gap-2">
          <DeliveryStatusBadge status={delivery.status} />
          {carrierText || carrierCode ? (
            <span className="text-muted">
              {t('carrier')} <Foreign text={carrierText ?? carrierCode ?? ''} />
            </span>
          ) : null}
        </div>
        {waybills.map((number) => (
          <Waybill key={number} number={number} />
        ))}
        {failureReasons.length > 0 ? (
          <Notice title={t('failures')} tone={waybills.length > 0 ? 'attention' : 'bad'}>
            <ul className="grid gap-1">
              {failureReasons.map((reason) => (
                <li key={reason}>
                  <Foreign most={400} text={reason} />
                </li>
              ))}
            </ul>
          </Notice>
        ) : null}
      </div>
    </Card>
  );
}

function Waybill({ number }: { readonly number: string }): ReactElement {
  const t = useTranslations();
  const link = trackingLink(number);
  return (
    <div>
      <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="text-muted">{t('invoices.detail.waybill')}</span>
        <span className="font-medium tabular-nums">{formatWaybill(visible(clip(number, 60)))}</span>
        <CopyButton compact copied={t('copy.copied')} label={t('copy.label')} value={number} />
        {link ? (
          <a
            className="text-link inline-flex items-center gap-1 text-xs"
            href={link}
            rel="noreferrer noopener"
            target="_blank"
          >
            {t('invoices.detail.track')}
            <Icon name="external-link" size={12} />
          </a>
        ) : null}
      </span>
      {isDomesticWaybill(number) ? null : <p className="text-attention text-xs">{t('invoices.detail.oddWaybill')}</p>}
    </div>
  );
}
