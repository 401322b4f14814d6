import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Icon } from './ui/icon';

/** Beside a time that lies after the receipt of the postback that says it. */
export function AheadMark(): ReactElement {
  const t = useTranslations('transactions');
  return (
    <span className="relative text-attention" title={t('ahead')}>
      <Icon name="clock" size={12} />
      <span className="sr-only">{t('aheadMark')}</span>
    </span>
  );
}
