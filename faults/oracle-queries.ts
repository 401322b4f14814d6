import type { Database } from '@/lib/db/client';

/** What may never be found, each with how to find it. */
const NEVER = {
  'contents with two first rows': `select content_key from postbacks
    where duplicate_of is null and content_key is not null group by 1 having count(*) > 1`,
  'places in the order of receipt taken twice': `select invoice_id, position from postbacks
    where position is not null group by 1, 2 having count(*) > 1`,
  'invoices that are there twice': `select project_id, provider_invoice_id, signer from invoices
    group by 1, 2, 3 having count(*) > 1`,
  'transactions that are there twice': `select invoice_id, kind, external_id, tx_hashes::text from transactions
    group by 1, 2, 3, 4 having count(*) > 1`,
  'postbacks whose invoice is missing': `select p.id from postbacks p left join invoices i on i.id = p.invoice_id
    where i.id is null and (p.invoice_id is not null or p.outcome in ('accepted', 'contradiction', 'duplicate'))`,
  'copies whose first is missing': `select p.id from postbacks p left join postbacks f on f.id = p.duplicate_of
    where f.id is null and (p.duplicate_of is not null or p.outcome = 'duplicate')`,
  'invoices without a postback': `select i.id from invoices i
    where not exists (select from postbacks p where p.invoice_id = i.id and p.position is not null)`,
  'transactions without an invoice': `select t.id from transactions t left join invoices i on i.id = t.invoice_id
    where i.id is null`,
  'parcels without an invoice': `select d.id from deliveries d left join invoices i on i.id = d.invoice_id
    where i.id is null`,
  'postbacks without their bytes': `select id from postbacks where outcome = 'accepted' and body is null`,
  'miscounted copies': `select f.id from postbacks f left join postbacks c on c.duplicate_of = f.id
    where f.duplicate_of is null and f.outcome <> 'incomplete' group by f.id, f.duplicates having least(f.duplicates, 100) <> count(c.id)`,
} as const;

/** What contradicts itself in a database, whatever was sent. */
export async function contradictions(database: Database): Promise<readonly string[]> {
  const found: string[] = [];
  for (const [what, text] of Object.entries(NEVER)) {
    const rows = await database.run({ name: null, text }, []);
    if (rows.length > 0) found.push(`${rows.length} ${what}`);
  }
  return found;
}
