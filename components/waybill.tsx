import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { formatWaybill, isDomesticWaybill, trackingLink } from '@/lib/explorers';
import { clip, visible } from '@/lib/visible';
import { CopyButton } from './ui/copy-button';
import { Icon } from './ui/icon';

interface WaybillProps {
  readonly number: string;
  /** In a row of a list: the link is an icon, and a warning stands in the title. */
  readonly compact?: boolean;
}

/** A waybill as the label prints it; copied as bare digits; with its page at the carrier. */
export function Waybill({ number, compact = false }: WaybillProps): ReactElement {
  const t = useTranslations();
  const shown = formatWaybill(visible(clip(number, 60)));
  const link = trackingLink(number);
  const odd = isDomesticWaybill(number) ? null : t('invoices.detail.oddWaybill');
  return (
    <span className="inline-block max-w-full align-middle">
      <span className="inline-flex max-w-full flex-wrap items-center gap-x-1">
        <span
          className="font-medium tabular-nums [overflow-wrap:anywhere]"
          title={compact ? (odd ?? undefined) : undefined}
        >
          {shown}
        </span>
        {compact && odd ? <Icon className="text-attention" name="triangle-alert" size={13} /> : null}
        <span className="relative inline-flex items-center">
          <CopyButton compact copied={t('copy.copied')} label={t('waybills.copy', { number: shown })} value={number} />
          {link ? (
            <a
              className={
                compact
                  ? 'inline-grid size-6 place-items-center rounded-control text-muted hover:bg-hover hover:text-ink'
                  : 'text-link ms-1 inline-flex items-center gap-1 text-xs'
              }
              href={link}
              rel="noreferrer noopener"
              target="_blank"
              title={t('waybills.trackTitle', { number: shown })}
            >
              <span className={compact ? 'sr-only' : ''}>
                {compact ? t('waybills.trackTitle', { number: shown }) : t('invoices.detail.track')}
              </span>
              <Icon name="external-link" size={compact ? 14 : 12} />
            </a>
          ) : null}
        </span>
      </span>
      {odd && !compact ? <span className="block text-attention text-xs">{odd}</span> : null}
    </span>
  );
}
