import type { Database } from '@/lib/db/client';

/** A new project's invoices, many of one moment and of one amount: paid, topped up later, expected, refunded, without money. */
export async function fillProject(database: Database, projectId: string, count: number): Promise<void> {
  await database.run(
    {
      name: null,
      text: `insert into invoices (id, project_id, provider_invoice_id, signer, status, status_raw, is_test, test_mode_known, amount, currency,
       created_at, paid_at, updated_at, search, version, state)
     select gen_random_uuid(), $1::uuid, 'N' || n, 'live',
       case n % 5 when 0 then 'paid' when 1 then 'overpaid' when 2 then 'created' when 3 then 'voided' else 'expired' end, 'x',
       n % 11 = 0, true, case when n % 13 = 0 then null else (n % 7) * 1.5 end, 'UAH',
       timestamptz '2026-01-01 10:00:00.123456+00' + (n / 4) * interval '1 day',
       case when n % 5 in (0, 1) then timestamptz '2026-01-02 10:00:00.654321+00' + (n / 4) * interval '1 day' end,
       now(), '', 1, '{}'
     from generate_series(1, $2::int) n`,
    },
    [projectId, String(count)],
  );
  await database.run(
    {
      name: null,
      text: `insert into transactions (id, invoice_id, project_id, kind, amount, currency, tx_hashes, is_test, occurred_at, time_source)
     select gen_random_uuid(), i.id, i.project_id, m.kind, m.amount, 'UAH', '{}', i.is_test, m.at, 'provider'
     from invoices i, lateral (values
       ('payment', coalesce(i.amount, 1.25), i.paid_at),
       ('top_up', 0.75, case when i.status = 'overpaid' then i.paid_at + interval '20 days' end),
       ('refund', -1.5, case when i.status = 'voided' and i.amount > 3 then i.created_at - interval '3 days' end),
       ('expected', 9.00, case when i.status = 'created' and i.amount < 3 then i.created_at + interval '9 days' end)
     ) m(kind, amount, at)
     where i.project_id = $1::uuid and m.at is not null and m.amount is not null`,
    },
    [projectId],
  );
}
