import pg from 'pg';

/** Tables that a history fills, in the order in which they refer to each other. */
const TABLES = ['invoices', 'transactions', 'deliveries', 'postbacks'];

/** Deterministic, so that two runs measure the same rows; spread over two years before now. */
const INVOICES = `
  insert into invoices (id, project_id, provider_invoice_id, signer, order_id, status, status_raw, amount, currency, amount_usd,
    is_test, test_mode_known, customer_name, created_at, paid_at, time_source, updated_at, search, version, state)
  select md5('i' || n)::uuid, (array(select id from projects order by name))[1 + n % 4], upper(left(md5('p' || n), 8)), 'live',
    'ORD-' || n, s.word, s.word, (n % 9000 + 100) / 10.0, (array['USDT_TRC20', 'BTC', 'UAH'])[1 + n % 3], (n % 9000 + 100) / 10.0,
    n % 200 = 0, true, 'Customer ' || n % 5000, s.at, case when s.paid then s.at + interval '4 minutes' end,
    case when s.paid then 'provider' end, s.at,
    array_to_tsvector(array['o:ord-' || n, 'o:' || n, 'i:' || left(md5('p' || n), 8), 'h:' || md5('h' || n) || md5('g' || n),
      'm:' || trim(trailing '.' from trim(trailing '0' from ((n % 9000 + 100) / 10.0)::text)), 'n:customer', 'n:' || n % 5000]),
    1, '{}'
  from generate_series(1, $1::int) n cross join lateral (select
    now() - (($1::int - n) * (interval '730 days' / $1::int)) as at, n % 10 < 8 as paid,
    case when n % 10 < 8 then (array['paid', 'paid', 'paid', 'overpaid'])[1 + n % 4] else (array['created', 'partial', 'expired'])[1 + n % 3] end as word) s`;

const MOVEMENTS = `
  insert into transactions (id, invoice_id, project_id, kind, amount, currency, amount_usd, tx_hashes, is_test, occurred_at, time_source)
  select md5('t' || id)::uuid, id, project_id, 'payment', amount, currency, amount_usd,
    array[md5('h' || right(order_id, -4)) || md5('g' || right(order_id, -4))], is_test, paid_at, 'provider'
  from invoices where paid_at is not null`;

const PARCELS = `
  insert into deliveries (id, invoice_id, project_id, status, waybills, failure_reasons, updated_at)
  select md5('d' || id)::uuid, id, project_id, case when amount < 30 then 'waybill_failed' else 'waybill_created' end,
    case when amount < 30 then '{}' else array['2045' || lpad((amount * 1000)::int::text, 10, '0')] end,
    case when amount < 30 then array['Recipient phone is invalid'] else '{}'::text[] end, updated_at
  from invoices where currency = 'UAH'`;

const POSTBACKS = `
  insert into postbacks (id, project_id, invoice_id, received_at, outcome, reason, answer_status, signer, verified, position, body_size)
  select md5('b' || id)::uuid, project_id, id, updated_at, 'accepted', null, 200, 'live', 'jwt', 1000, 1700 from invoices
  union all
  select md5('r' || id)::uuid, project_id, null, updated_at, 'refused', 'token_wrong_key', 401, null, null, null, 1700
  from invoices where amount < 20`;

/** Fills a migrated database that has four projects and is otherwise empty. */
export async function fillHistory(databaseUrl: string, invoices: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const indexes = await dropIndexes(client);
    // The rows are right by construction; to look each reference up would take most of the time.
    await client.query(`set session_replication_role = replica`);
    await client.query(INVOICES, [invoices]);
    for (const statement of [MOVEMENTS, PARCELS, POSTBACKS]) await client.query(statement);
    for (const statement of indexes) await client.query(statement);
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}

/** All but those behind a constraint; returns what makes them again, which is faster than to keep them up row by row. */
async function dropIndexes(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select i.relname as name, pg_get_indexdef(i.oid) as definition
       from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
      where t.relname = any($1) and not exists (select from pg_constraint c where c.conindid = i.oid)`,
    [TABLES],
  );
  for (const { name } of rows) await client.query(`drop index "${name}"`);
  return rows.map(({ definition }) => definition);
}
