import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Notice } from '@/components/ui/notice';
import type { InvoiceDetail } from '@/lib/invoices/detail';

const STATUSES = ['overpaid', 'partial', 'on_hold'] as const;

/** Why a person should look, and what to do. */
export function AttentionNotices({ invoice }: { readonly invoice: InvoiceDetail['invoice'] }): ReactElement | null {
  const t = useTranslations('invoices.attention');
  const status = STATUSES.find((word) => word === invoice.status);
  if (!status && invoice.attention.length === 0) return null;
  return (
    <div className="mb-4 grid gap-2">
      {invoice.attention.map((code) => (
        <Notice key={code} tone="attention">
          {t.has(code) ? t(code) : t('other', { code })}
        </Notice>
      ))}
      {status ? (
        <Notice
          icon={status === 'on_hold' ? 'clock' : 'hand-coins'}
          tone={status === 'on_hold' ? 'progress' : 'attention'}
        >
          {t(status)}
        </Notice>
      ) : null}
    </div>
  );
}
