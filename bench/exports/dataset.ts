import pg from 'pg';
import type { EncryptionKey } from '@/lib/env';
import { seal } from '@/lib/vault';

/** A year of one transaction a line, seven crypto payments to three of NovaPay, as the receiver would have left them. */

const COINS = '00000000-0000-4000-8000-000000000001';
const PARCELS = '00000000-0000-4000-8000-000000000002';
const INVOICE = `('10000000-0000-4000-8000-' || lpad(n::text, 12, '0'))`;

/** What the provider says of a crypto payment, merged; `%s` are filled in from `format`. */
const COIN_STATE = `{"bookkeeping":"transfers","providerInvoiceId":"%1$s","signer":"live","verified":"jwt","status":{"word":"unknown","raw":"","basis":"notification","step":-1},"orderId":{"v":"ORDER-%2$s","r":0},"isTest":false,"currency":{"v":"USDT_TRC20","r":8},"createdAt":{"v":"2026-01-27T12:23:00.000000Z","r":8},"facts":{"address":{"v":"T%3$s","r":8},"aml_enabled":{"v":"false","r":8},"aml_side":{"v":"merchant","r":8},"currency_name":{"v":"Tether","r":8},"expires_at":{"v":"2026-01-28T12:30:00.000000Z","r":8},"fee_payer":{"v":"client","r":8},"network":{"v":"TRC20","r":8},"network_name":{"v":"Tron","r":8},"payment_type":{"v":"crypto","r":8},"project_name":{"v":"Sample shop","r":8},"type":{"v":"up","r":8}},"people":{},"quote":null,"transfers":[{"hashes":["%3$s%3$s"],"amount":"%4$s","status":{"word":"paid","raw":"paid","basis":"invoice","step":0},"amountUsd":{"v":"%4$s","r":8},"occurredAt":{"v":"2026-01-27T12:29:00.000000Z","r":8},"amounts":{"due":{"v":"%4$s","r":8},"due_usd":{"v":"%4$s","r":8},"fiat_amount":{"v":"%4$s","r":8},"network_fee":{"v":"1.4","r":8},"network_fee_usd":{"v":"1.4","r":8},"paid":{"v":"%4$s","r":8},"paid_usd":{"v":"%4$s","r":8},"received":{"v":"24.142410","r":8},"received_usd":{"v":"24.142410","r":8},"service_fee":{"v":"0.467590","r":8},"service_fee_usd":{"v":"0.47","r":8},"surcharge":{"v":"0.0","r":8},"surcharge_usd":{"v":"0.0","r":8}},"receivedAt":"2026-01-27T12:30:00.000000Z","first":false}],"payments":[],"voidedAt":null,"delivery":null,"firstReceivedAt":"2026-01-27T12:30:00.000000Z","attention":[]}`;

const CARD_STATE = `{"bookkeeping":"payments","providerInvoiceId":"%1$s","signer":"live","verified":"rsa","status":{"word":"paid","raw":"paid","basis":"invoice","step":0},"orderId":null,"isTest":false,"currency":{"v":"UAH","r":8},"createdAt":{"v":"2026-01-27T12:23:00.000000Z","r":8},"facts":{"method":{"v":"card","r":8},"paytype":{"v":"card","r":8}},"people":{},"quote":null,"transfers":[],"payments":[{"externalId":"ORDER-%2$s","stages":{"paid":{"amount":"%4$s","receivedAt":"2026-01-27T12:30:00.000000Z"}},"items":{"v":[{"description":"Чашка","count":"1","price":"17"},{"description":"Тарілка, глибока","count":"2","price":"18"}],"r":8},"details":{}}],"voidedAt":null,"delivery":{"waybills":["2045%5$s"],"failureReasons":[],"carrier":null},"firstReceivedAt":"2026-01-27T12:30:00.000000Z","attention":[]}`;

const LINES = `
  create unlogged table bench_lines as
  select n, n % 10 < 7 as coin, ${INVOICE}::uuid as id, case when n % 10 < 7 then '${COINS}' else '${PARCELS}' end::uuid as project,
    timestamptz '2025-01-01 00:00:00+00' + n * interval '31.5 seconds' + (n % 997) * interval '1 microsecond' as at,
    md5(n::text) as hash, to_char(5 + n % 900 + (n % 100) / 100.0, 'FM9990.00') as amount
  from generate_series(1, $1::int) n`;

const INVOICES = `
  insert into invoices (id, project_id, provider_invoice_id, signer, order_id, status, status_raw, amount, currency, amount_usd,
    is_test, test_mode_known, customer_name, created_at, paid_at, time_source, updated_at, search, version,
    state, people, encryption_key_id)
  select l.id, project, case when coin then upper(left(hash, 8)) else l.id::text end, 'live', 'ORDER-' || l.n, 'paid', 'paid',
    amount::numeric, case when coin then 'USDT_TRC20' else 'UAH' end, case when coin then amount::numeric end, false, true,
    'Коваленко Олена', at - interval '4 minutes', at, case when coin then 'provider' else 'receipt' end, at,
    array_to_tsvector(array['i:' || left(hash, 8), 'o:order-' || l.n, 'h:' || hash]), 1,
    format(case when coin then $1 else $2 end, case when coin then upper(left(hash, 8)) else l.id::text end, l.n, hash, amount,
      lpad(l.n::text, 10, '0'))::json, p.people, $3
  from bench_lines l join bench_people p on p.n = l.n`;

const REST = [
  `insert into transactions (id, invoice_id, project_id, kind, amount, currency, amount_usd, tx_hashes, external_id, is_test,
     occurred_at, time_source)
   select ('20000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, id, project, 'payment', amount::numeric,
     case when coin then 'USDT_TRC20' else 'UAH' end, case when coin then amount::numeric end,
     case when coin then array[hash || hash] else '{}' end, case when coin then null else 'ORDER-' || n end, false, at,
     case when coin then 'provider' else 'receipt' end
   from bench_lines`,
  `insert into deliveries (id, invoice_id, project_id, status, waybills, failure_reasons, updated_at)
   select ('30000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, id, project, 'waybill_created',
     array['2045' || lpad(n::text, 10, '0')], '{}', at
   from bench_lines where not coin`,
  `insert into postbacks (id, project_id, invoice_id, received_at, outcome, answer_status, signer, verified, position, body_size)
   select ('40000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, project, id, at, 'accepted', 200, 'live',
     case when coin then 'jwt' else 'rsa' end, 1, 1600
   from bench_lines`,
  'drop table bench_lines, bench_people',
  'vacuum (analyze) invoices',
  'vacuum (analyze) transactions',
  'vacuum (analyze) deliveries',
  'vacuum (analyze) postbacks',
  'checkpoint',
];

/** Everybody has people's data, sealed with the deployment's key as the receiver seals it. */
export async function makeTransactions(url: string, rows: number, key: EncryptionKey): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('set synchronous_commit = off');
    await client.query(
      `insert into projects (id, name, provider, key) values ($1, 'Coins', 'cryptocloud', 'bench-coins'), ($2, 'Parcels', 'novapay', 'bench-parcels')`,
      [COINS, PARCELS],
    );
    // A parameter cannot stand in a statement that makes a table.
    await client.query(LINES.replace('$1::int', String(rows)));
    await sealPeople(client, rows, key);
    await client.query(INVOICES, [COIN_STATE, CARD_STATE, key.id]);
    for (const statement of REST) await client.query(statement);
  } finally {
    await client.end();
  }
}

const BATCH = 5_000;
const PEOPLE = JSON.stringify({
  client_name: { v: 'Коваленко Олена Іванівна', r: 8 },
  client_phone: { v: '+380501234567', r: 8 },
  recipient_name: { v: 'Мельник Тарас Ігорович', r: 8 },
  recipient_phone: { v: '+380501234568', r: 8 },
});

async function sealPeople(client: pg.Client, rows: number, key: EncryptionKey): Promise<void> {
  await client.query('create unlogged table bench_people (n int primary key, people bytea)');
  for (let from = 1; from <= rows; from += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, rows - from + 1) }, (_, index) => from + index);
    const sealed = numbers.map((n) => {
      const owner = `invoices:10000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
      return Buffer.from(seal(PEOPLE, owner, [key]).sealed);
    });
    await client.query('insert into bench_people select * from unnest($1::int[], $2::bytea[])', [numbers, sealed]);
  }
}

/** A plain select of what a file is made of, without its order; people's data as it is stored. */
export function plainSelect(people: boolean): string {
  return `select t.id, t.kind, p.provider, p.name, i.order_id, i.provider_invoice_id, i.signer, i.status, i.status_raw,
    t.occurred_at, t.time_source, i.created_at, t.currency, t.amount, t.amount_usd, t.tx_hashes, t.external_id, i.is_test,
    i.test_mode_known, d.waybills, d.status, d.failure_reasons, i.state${people ? ', i.id, i.people, i.encryption_key_id' : ''},
    (select count(*) from postbacks b where b.invoice_id = i.id)
  from transactions t join invoices i on i.id = t.invoice_id join projects p on p.id = t.project_id
  left join deliveries d on d.invoice_id = t.invoice_id
  where not t.is_test and t.kind <> 'expected'`.replace(/\s+/g, ' ');
}
