import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { EmptyState } from './ui/empty-state';

/** A panel whose row does not exist, or is not theirs to see. */
export function PanelGone(): ReactElement {
  const t = useTranslations('lists.panel');
  return <EmptyState icon="search" title={t('gone')} />;
}
