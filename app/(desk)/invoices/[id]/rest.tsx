import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Card } from '@/components/ui/card';
import type { Fields } from '@/lib/providers/provider';
import { FieldTree } from './field-tree';

/** What the provider sent beyond all we understand. */
export function RestCard({ rest }: { readonly rest: Fields }): ReactElement {
  const t = useTranslations('invoices.detail');
  return (
    <Card note={t('restNote')} title={t('rest')}>
      <FieldTree fields={rest} />
    </Card>
  );
}
