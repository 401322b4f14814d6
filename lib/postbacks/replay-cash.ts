import type { Database } from '@/lib/db/client';
import type { Session } from '@/lib/db/session';
import { type InvoiceRef, replayInvoice } from './replay';

const CASH_INVOICES = `
  select i.id::text as id, i.project_id::text as project_id, p.provider, p.names_searchable
    from invoices i join projects p on p.id = i.project_id
   where i.state -> 'facts' -> 'method' ->> 'v' = 'cash_on_delivery' and i.cash_on_delivery is null
   order by i.id`;

/** Version 0.1 expected the cash of a parcel for ever and had no column for it: the postbacks say where the cash is. */
export async function replayCash(session: Session): Promise<void> {
  const database: Pick<Database, 'run'> = {
    run: async <Row>({ text }: { readonly text: string }, parameters: Parameters<Database['run']>[1]) => [
      ...(await session.query<Row>(text, parameters)),
    ],
  };
  const invoices = await session.query<InvoiceRef>(CASH_INVOICES);
  for (const invoice of invoices) await replayInvoice(database, invoice, { rewrite: true });
}
