import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { ActionForm, FormMessage, SubmitButton, TextField } from '@/components/ui/action-form';
import { Card } from '@/components/ui/card';
import { markCash } from './actions';

interface CashReceiptProps {
  readonly invoiceId: string;
  /** Dates in the deployment's zone. */
  readonly first: string;
  readonly today: string;
}

/** For money that no postback tells of: the carrier paid it out, and staff says on which day. */
export function CashReceiptCard({ invoiceId, first, today }: CashReceiptProps): ReactElement {
  const t = useTranslations('invoicePage.cashReceipt');
  return (
    <Card note={t('note')} title={t('title')}>
      <ActionForm action={markCash.bind(null, invoiceId)} className="flex flex-wrap items-end gap-3">
        <TextField
          defaultValue={today}
          label={t('date')}
          max={today}
          min={first}
          name="cash-date"
          required
          type="date"
        />
        <SubmitButton>{t('submit')}</SubmitButton>
        <FormMessage />
      </ActionForm>
    </Card>
  );
}
