import { origin } from '@/lib/audit/record';
import { getDatabase, type Statement } from '@/lib/db/client';
import { project } from '@/lib/fold/rows';
import { announce } from '@/lib/live';
import { type Access, may, maySeeProject } from '@/lib/staff/access';
import { toInstant } from '@/lib/time';
import { addDays, dateIn, isDate, startOfDay } from '@/lib/zone';
import { invoiceRows } from './invoice-rows';
import { storedState, writeParameters } from './ledger';
import { WRITE_CASH_RECEIPT } from './statements';

/** `already`: it is received, by whomever; `bad_date`: in the future, or before there was an invoice. */
export type CashMarked = 'marked' | 'already' | 'not_expected' | 'bad_date' | 'none';

interface InvoiceRow {
  readonly project_id: string;
  readonly names_searchable: boolean;
  readonly version: number;
  readonly payload: string;
  readonly sealed: string | null;
  readonly key_id: string | null;
}

const INVOICE: Statement = {
  name: 'cash_receipt_invoice',
  text: `select i.project_id::text as project_id, p.names_searchable, i.version, i.state::text as payload,
      encode(i.people, 'base64') as sealed, i.encryption_key_id as key_id
    from invoices i join projects p on p.id = i.project_id where i.id = $1::text::uuid`,
};

const MAX_RACES = 5;
const HALF_A_DAY_MS = 43_200_000;

/**
 * Staff says that the cash of a parcel arrived on a day of the deployment's zone: from then on it is a payment of that
 * day. Marked twice, it is one receipt.
 */
export async function markCashReceived(
  access: Access,
  invoiceId: string,
  { date, zone, now = new Date() }: { readonly date: string; readonly zone: string; readonly now?: Date },
): Promise<CashMarked> {
  if (!may(access, 'markCashReceived')) return 'none';
  const database = await getDatabase();
  for (let race = 0; race < MAX_RACES; race += 1) {
    const [row] = await database.run<InvoiceRow>(INVOICE, [invoiceId]);
    if (!row || !maySeeProject(access, row.project_id)) return 'none';
    const before = storedState(invoiceId, row);
    const { invoice } = project(before);
    if (invoice.cashOnDelivery === 'received') return 'already';
    if (invoice.cashOnDelivery === null) return 'not_expected';
    const at = dayOf(date, zone, now);
    if (at === null || date < dateIn(zone, new Date(invoice.createdAt))) return 'bad_date';
    const state = { ...before, cashReceivedAt: at };
    const rows = invoiceRows({
      id: invoiceId,
      projectId: row.project_id,
      state,
      version: row.version + 1,
      updatedAt: toInstant(now),
      namesSearchable: row.names_searchable,
    });
    const parameters = writeParameters({ invoices: [rows], postbacks: [], repeats: [] });
    const written = await database.run(WRITE_CASH_RECEIPT, [...parameters, access.staffId, ...origin(access), at]);
    if (written.length > 0) {
      announce();
      return 'marked';
    }
  }
  throw new Error(`Invoice ${invoiceId} was written by others at every try; mark it again`);
}

/** The middle of the day, which is the same day in almost every zone; on this day no later than now. */
function dayOf(date: string, zone: string, now: Date): string | null {
  if (!isDate(date) || date > dateIn(zone, now)) return null;
  const start = startOfDay(date, zone).getTime();
  const noon = Math.min(start + HALF_A_DAY_MS, startOfDay(addDays(date, 1), zone).getTime() - 1, now.getTime());
  return toInstant(new Date(noon));
}
