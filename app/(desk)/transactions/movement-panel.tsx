import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { BriefFacts, BriefHead, BriefNotices } from '@/components/invoice-brief';
import { MovementLines } from '@/components/movement-lines';
import { PanelGone } from '@/components/panel-gone';
import { PanelPart } from '@/components/panel-part';
import { getBrief } from '@/lib/invoices/brief';
import type { Access } from '@/lib/staff/access';

interface MovementPanelProps {
  readonly access: Access;
  readonly id: string;
  /** Null: there is none that this person may see. */
  readonly invoiceId: string | null;
  readonly clock: Clock;
}

/** One movement with its invoice in brief, beside the list. */
export async function MovementPanel({ access, id, invoiceId, clock }: MovementPanelProps): Promise<ReactElement> {
  const [brief, t] = await Promise.all([invoiceId ? getBrief(access, invoiceId) : null, getTranslations()]);
  if (!brief) return <PanelGone />;
  const { invoice, transactions } = brief;
  const others = transactions.filter((row) => row.id !== id);
  return (
    <div className="grid gap-4">
      <MovementLines clock={clock} movements={transactions.filter((row) => row.id === id)} />
      <PanelPart title={t('transactions.ofInvoice')}>
        <div className="grid gap-3">
          <BriefHead invoice={invoice} />
          <BriefNotices invoice={invoice} />
          <BriefFacts clock={clock} invoice={invoice} linked />
        </div>
      </PanelPart>
      {others.length > 0 ? (
        <PanelPart title={t('transactions.others')}>
          <MovementLines clock={clock} movements={others} />
        </PanelPart>
      ) : null}
    </div>
  );
}
