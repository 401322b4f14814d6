import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import type { IconName } from '@/components/ui/icon';
import { Notice } from '@/components/ui/notice';
import type { Concern } from '@/lib/invoices/attention';
import { amountWords } from './amount-words';
import { until } from './until';

interface NoticesProps {
  readonly concerns: readonly Concern[];
  /** Codes of what the postbacks themselves left open. */
  readonly codes: readonly string[];
  readonly currency: string | null;
  readonly clock: Clock;
}

const ICON = {
  partial: 'hand-coins',
  overpaid: 'hand-coins',
  on_hold: 'clock',
  cash: 'hand-coins',
  cash_collected: 'hand-coins',
  cash_refused: 'undo-2',
  waybill_failed: 'truck',
  stop_parcel: 'truck',
} as const satisfies Record<Concern['code'], IconName>;

/** Why a person should look: the consequence, then the next step. */
export function AttentionNotices({ concerns, codes, currency, clock }: NoticesProps): ReactElement | null {
  const t = useTranslations('invoices.attention');
  const words = useConcernWords(currency, clock);
  const toParcel = useTranslations('invoicePage.concern')('toParcel');
  if (concerns.length + codes.length === 0) return null;
  return (
    <div className="mb-4 grid gap-2">
      {concerns.map((concern) => (
        <Notice
          actions={
            concern.code === 'waybill_failed' || concern.code === 'stop_parcel' ? (
              <a className="text-link" href="#parcel">
                {toParcel}
              </a>
            ) : undefined
          }
          icon={ICON[concern.code]}
          key={concern.code}
          tone={toneOf(concern)}
        >
          {words(concern)}
        </Notice>
      ))}
      {codes.map((code) => (
        <Notice key={code} tone="attention">
          {t.has(code) ? t(code) : t('other', { code })}
        </Notice>
      ))}
    </div>
  );
}

function toneOf(concern: Concern): 'progress' | 'attention' | 'bad' {
  if (concern.code === 'cash' || concern.code === 'cash_collected') return 'progress';
  if (concern.code === 'on_hold') return concern.lapsed ? 'attention' : 'progress';
  return concern.code === 'waybill_failed' ? 'bad' : 'attention';
}

function useConcernWords(currency: string | null, { now, zone }: Clock): (concern: Concern) => string {
  const t = useTranslations('invoicePage.concern');
  const locale = useLocale();
  const time = (at: string): string => until(at, now, zone, locale);
  const amount = (value: string): string => amountWords(value, currency, locale);
  const partial = ({ percent, missing, until: at, open }: Extract<Concern, { code: 'partial' }>): string => {
    if (percent === null || missing === null) return t('partialUnknown');
    const values = { percent: percent < 1 ? t('partialLittle') : String(percent), missing: amount(missing) };
    if (at === null) return t('partialUntold', values);
    return t(open ? 'partialOpen' : 'partialClosed', { ...values, until: time(at) });
  };
  return (concern) => {
    switch (concern.code) {
      case 'partial':
        return partial(concern);
      case 'overpaid':
        return concern.extra ? t('overpaid', { extra: amount(concern.extra) }) : t('overpaidUnknown');
      case 'on_hold':
        if (concern.lapsesAt === null) return t('onHoldUntold');
        return t(concern.lapsed ? 'onHoldLapsed' : 'onHold', { until: time(concern.lapsesAt) });
      case 'cash':
        return t('cash');
      case 'cash_collected':
        return t('cashCollected');
      case 'cash_refused':
        return t('cashRefused');
      case 'waybill_failed':
        return t('waybillFailed');
      case 'stop_parcel':
        return t('stopParcel');
    }
  };
}
