import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { BriefFacts, BriefHead, BriefNotices } from '@/components/invoice-brief';
import { PanelGone } from '@/components/panel-gone';
import { PanelPart } from '@/components/panel-part';
import { TransactionLines } from '@/components/transaction-lines';
import { getBrief } from '@/lib/invoices/brief';
import type { Access } from '@/lib/staff/access';
import { findInvoiceOf } from '@/lib/transactions/queries';

interface TransactionPanelProps {
  readonly access: Access;
  readonly id: string;
  readonly clock: Clock;
}

/** One transaction with its invoice in brief, beside the list. */
export async function TransactionPanel({ access, id, clock }: TransactionPanelProps): Promise<ReactElement> {
  const [invoiceId, t] = await Promise.all([findInvoiceOf(access, id), getTranslations()]);
  const brief = invoiceId ? await getBrief(access, invoiceId) : null;
  if (!brief) return <PanelGone />;
  const { invoice, transactions } = brief;
  const others = transactions.filter((row) => row.id !== id);
  return (
    <div className="grid gap-4">
      <TransactionLines clock={clock} transactions={transactions.filter((row) => row.id === id)} />
      <PanelPart title={t('transactions.ofInvoice')}>
        <div className="grid gap-3">
          <BriefHead invoice={invoice} />
          <BriefNotices invoice={invoice} />
          <BriefFacts clock={clock} invoice={invoice} linked />
        </div>
      </PanelPart>
      {others.length > 0 ? (
        <PanelPart title={t('transactions.others')}>
          <TransactionLines clock={clock} transactions={others} />
        </PanelPart>
      ) : null}
    </div>
  );
}
