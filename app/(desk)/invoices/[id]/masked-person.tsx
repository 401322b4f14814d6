import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Person } from '@/lib/invoices/people';
import { clip, visible } from '@/lib/visible';
import { reveal } from './actions';
import { Reveal } from './reveal';

interface MaskedPersonProps {
  readonly invoiceId: string;
  readonly person: Person;
}

/** A name, phone or address, masked until somebody asks for it. */
export function MaskedPerson({ invoiceId, person: { field, masked } }: MaskedPersonProps): ReactElement {
  const t = useTranslations();
  const label = t(`invoices.person.${field}`);
  return (
    <Reveal
      action={reveal.bind(null, invoiceId, field)}
      masked={visible(clip(masked, 120))}
      words={{
        show: t('invoicePage.reveal.show'),
        showField: t('invoicePage.reveal.showField', { field: label }),
        failed: t('invoicePage.reveal.failed'),
      }}
    />
  );
}
