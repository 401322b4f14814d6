import type { Database } from '@/lib/db/client';
import { query, type Shop } from './shop.testing';

const INSTANT = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;

/** An instant as the code writes it, whatever the driver. */
function instant(column: string): string {
  return `to_char(${column} at time zone 'UTC', ${INSTANT}) as ${column}`;
}

/** Everything that replay makes, row for row; people's data, sealed anew at each write, is left out. */
export async function believedRows(
  database: Database,
  shop: Pick<Shop, 'id'>,
): Promise<Record<string, readonly unknown[]>> {
  const rows = (text: string): Promise<unknown[]> => query(database, text, [shop.id]);
  return {
    invoices: await rows(
      `select id::text as id, provider_invoice_id, signer, order_id, status, status_raw, amount, currency, amount_usd, is_test,
              test_mode_known, cash_on_delivery, customer_name, attention, ${instant('created_at')}, ${instant('paid_at')}, time_source,
              ${instant('updated_at')}, search::text as search, version, state, people is not null as has_people
         from invoices where project_id = $1::uuid order by id`,
    ),
    transactions: await rows(
      `select id::text as id, invoice_id::text as invoice_id, kind, amount, currency, amount_usd, tx_hashes, external_id,
              is_test, ${instant('occurred_at')}, time_source
         from transactions where project_id = $1::uuid order by id`,
    ),
    deliveries: await rows(
      `select id::text as id, invoice_id::text as invoice_id, status, waybills, failure_reasons, carrier_code, carrier_text,
              recipient_name, ${instant('updated_at')}
         from deliveries where project_id = $1::uuid order by id`,
    ),
  };
}

const LINK = 'postbacks_invoice_id_invoices_id_fk';

/** Takes away all that is believed and leaves the ledger, whose link to the invoices is undone meanwhile. */
export async function forgetBelieved(database: Database): Promise<void> {
  await query(database, `alter table postbacks drop constraint ${LINK}`);
  for (const table of ['transactions', 'deliveries', 'invoices']) await query(database, `delete from ${table}`);
}

/** Fails where a postback's invoice did not come back. */
export async function linkAgain(database: Database): Promise<void> {
  await query(
    database,
    `alter table postbacks add constraint ${LINK} foreign key (invoice_id) references invoices (id)`,
  );
}
