// biome-ignore-all lint/style/noRestrictedImports: a process of its own, which looks behind the product at what it has kept.
import { closeDatabase, getDatabase } from '@/lib/db/client';
import { open } from '@/lib/vault';
import type { Kept, KeptInvoice, KeptPostback } from './ledger';

/** Run as a process of its own: everything that the deployment named by its settings has kept. */

type SealedPostback = Omit<KeptPostback, 'body'> & { readonly sealed: string | null; readonly key_id: string | null };

const database = await getDatabase();
const postbacks = await database.run<SealedPostback>(
  {
    name: 'kept_postbacks',
    text: `select id::text as id, project_id::text as project_id, outcome, reason, reason_field, duplicates, answer_status,
             duplicate_of::text as duplicate_of, verified, signer, invoice_id::text as invoice_id,
             array(select f ->> 'code' from json_array_elements(flags) f) as flags,
             encode(body, 'base64') as sealed, encryption_key_id as key_id
           from postbacks order by received_at, position nulls last, id`,
  },
  [],
);
const invoices = await database.run<KeptInvoice>(
  {
    name: 'kept_invoices',
    text: `select i.id::text as id, i.project_id::text as project_id, i.provider_invoice_id, i.signer, i.order_id, i.status,
             i.amount::text as amount, i.currency, i.is_test, i.test_mode_known, i.attention,
             array(select kind || ' ' || amount::text || ' ' || coalesce(currency, '-') from transactions t
                    where t.invoice_id = i.id order by 1) as transactions,
             (select d.status || ' ' || array_to_string(d.waybills, ' ') from deliveries d where d.invoice_id = i.id) as parcel
           from invoices i order by i.created_at, i.id`,
  },
  [],
);
const counts = await database.run<Kept['counts'][number]>(
  {
    name: 'kept_counts',
    text: `select project_id::text as project_id, kind, sum(count)::int as count from project_counters group by 1, 2`,
  },
  [],
);
await closeDatabase();
const kept: Kept = { postbacks: postbacks.map(opened), invoices, counts };
process.stdout.write(JSON.stringify(kept));

function opened({ sealed, key_id: keyId, ...row }: SealedPostback): KeptPostback {
  if (sealed === null || keyId === null) return { ...row, body: null };
  const bytes = open({ sealed: Buffer.from(sealed, 'base64'), keyId }, `postbacks:${row.id}`);
  return { ...row, body: Buffer.from(bytes).toString('base64') };
}
