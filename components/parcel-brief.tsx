import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { formatWaybill, trackingLink } from '@/lib/explorers';
import { clip, visible } from '@/lib/visible';
import { CopyHandle } from './copy-handle';
import { DeliveryStatusBadge } from './status-badge';
import { Icon } from './ui/icon';
import { Notice } from './ui/notice';
import { UntrustedText } from './untrusted-text';

interface Parcel {
  readonly status: string;
  readonly waybills: readonly string[];
  readonly failureReasons: readonly string[];
}

const SHOWN = 5;

/** The parcel in a few lines: how far it is, its waybills, or why there is none. */
export function ParcelBrief({ parcel }: { readonly parcel: Parcel }): ReactElement {
  const t = useTranslations('invoices.detail');
  const { status, waybills, failureReasons } = parcel;
  return (
    <div className="grid gap-2 text-sm">
      <p>
        <DeliveryStatusBadge status={status} />
      </p>
      {waybills.slice(0, SHOWN).map((number) => (
        <Waybill key={number} number={number} />
      ))}
      {failureReasons.length > 0 ? (
        <Notice title={t('failures')} tone={waybills.length > 0 ? 'attention' : 'bad'}>
          {failureReasons.slice(0, SHOWN).map((reason) => (
            <p key={reason}>
              <UntrustedText most={200} text={reason} />
            </p>
          ))}
        </Notice>
      ) : null}
    </div>
  );
}

function Waybill({ number }: { readonly number: string }): ReactElement {
  const t = useTranslations('invoices.detail');
  const link = trackingLink(number);
  return (
    <p className="flex flex-wrap items-center gap-x-1.5">
      <span className="font-medium tabular-nums">{formatWaybill(visible(clip(number, 60)))}</span>
      <CopyHandle value={number} />
      {link ? (
        <a
          className="text-link inline-flex items-center gap-1 text-xs"
          href={link}
          rel="noreferrer noopener"
          target="_blank"
        >
          {t('track')}
          <Icon name="external-link" size={12} />
        </a>
      ) : null}
    </p>
  );
}
