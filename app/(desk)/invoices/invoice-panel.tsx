import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { BriefFacts, BriefHead, BriefNotices } from '@/components/invoice-brief';
import { PanelGone } from '@/components/panel-gone';
import { PanelPart } from '@/components/panel-part';
import { ParcelBrief } from '@/components/parcel-brief';
import { TransactionLines } from '@/components/transaction-lines';
import { getBrief } from '@/lib/invoices/brief';
import type { Access } from '@/lib/staff/access';

interface InvoicePanelProps {
  readonly access: Access;
  readonly id: string;
  readonly clock: Clock;
}

/** An invoice in brief, beside the list. */
export async function InvoicePanel({ access, id, clock }: InvoicePanelProps): Promise<ReactElement> {
  const [brief, t] = await Promise.all([getBrief(access, id), getTranslations('invoices.detail')]);
  if (!brief) return <PanelGone />;
  const { invoice, transactions, delivery } = brief;
  return (
    <div className="grid gap-4">
      <BriefHead invoice={invoice} />
      <BriefNotices invoice={invoice} />
      <PanelPart title={t('money')}>
        <TransactionLines clock={clock} transactions={transactions} />
      </PanelPart>
      {delivery ? (
        <PanelPart title={t('parcel')}>
          <ParcelBrief parcel={delivery} />
        </PanelPart>
      ) : null}
      <PanelPart title={t('facts')}>
        <BriefFacts clock={clock} invoice={invoice} />
      </PanelPart>
    </div>
  );
}
