import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { SentLine } from '@/lib/invoices/sent-lines';
import { revealField } from './actions';
import { SearchableLines } from './searchable-lines';

interface SentLinesProps {
  readonly invoiceId: string;
  readonly postbackId: string;
  readonly lines: readonly SentLine[];
}

/** Fields without a meaning; what is masked in a line is revealed by itself. */
export function SentLines({ invoiceId, postbackId, lines }: SentLinesProps): ReactElement {
  const t = useTranslations('invoicePage');
  return (
    <SearchableLines
      lines={lines}
      reveal={{
        action: revealField.bind(null, invoiceId, postbackId),
        words: {
          show: t('reveal.show'),
          // The browser puts the name of the field in its place.
          showField: t('reveal.showField', { field: '{field}' }),
          failed: t('reveal.failed'),
        },
      }}
      words={{ label: t('search.label'), none: t('search.none') }}
    />
  );
}
