import type { Statement } from '@/lib/db/client';
import { BODIES_AN_HOUR, COPIES_KEPT, ROWS_A_TOKEN } from './documents';

/**
 * The ledger's SQL. Each statement takes JSON documents and, where there are any, the bytes that belong to them
 * (`parameters.ts`), so that the same text runs over every driver, and does all of its work or none of it.
 */

/**
 * How many refused and unreadable postbacks an hour of one project have a row, and how many bytes those hold. What names an
 * invoice or an order that is there has a quota of its own, so that a flood of made-up ones does not hide it; of one invoice
 * or order so many, so that whoever knows one cannot fill it.
 */
const REFUSED_QUOTA = { rows: 100, bytes: 512 * 1024 };
const KNOWN_QUOTA = { rows: 100, bytes: 256 * 1024 };
const ROWS_A_NAME = 20;

/**
 * $1 invoice ids, $2 content keys; of tokens $3 hashes (hexadecimal), $4 invoice ids and $5 the times of receipt; of forms
 * $6 invoice ids, $7 content keys and $8 what a JSON body is found by that says the same. One row a find: what it is, its
 * key, and what is there; of a token how many rows it made in the hour, and what came first under it.
 *
 * Each key is looked up by itself (`offset 0` keeps the planner from turning the look-ups into a join): a plan is kept
 * with its connection, and one that joins, made while the tables were small, would read them whole once they are large.
 */
export const READ: Statement = {
  budget: 'postbacks',
  name: 'ledger_read',
  text: `
    select 'invoice' as kind, i.id::text as key, i.version, i.state::text as payload,
           encode(i.people, 'base64') as sealed, i.encryption_key_id as key_id, null as first_id,
           array(select to_char(p.received_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') from postbacks p
             where p.invoice_id = i.id and p.position is not null
             order by p.position desc limit ${BODIES_AN_HOUR}) as received
      from unnest($1::text[]::uuid[]) as wanted(id)
     cross join lateral (select * from invoices where id = wanted.id offset 0) i
    union all
    select 'known', encode(wanted.key, 'hex'), 0, null, null, null, p.id::text, null
      from unnest($2::text[]::bytea[]) as wanted(key)
     cross join lateral (select id from postbacks
       where content_key = wanted.key and duplicate_of is null and content_key is not null offset 0) p
    union all
    select 'known', encode(wanted.key, 'hex'), 1, null, null, null, p.id::text, null
      from unnest($6::text[]::uuid[], $7::text[]::bytea[], $8::text[]::bytea[]) as wanted(invoice, key, form)
     cross join lateral (select id from postbacks
       where invoice_id = wanted.invoice and position is not null and form_key = wanted.form order by position limit 1) p
    union all
    select 'token', encode(wanted.hash, 'hex') || ' ' || wanted.invoice, (select count(*)::int from (
             select from postbacks where token_hash = wanted.hash and invoice_id = wanted.invoice
               and received_at > wanted.at - interval '1 hour' limit ${ROWS_A_TOKEN}) recent),
           f.event::text, encode(f.body, 'base64'), f.encryption_key_id, f.id::text, null
      from unnest($3::text[]::bytea[], $4::text[]::uuid[], $5::text[]::timestamptz[]) as wanted(hash, invoice, at)
     cross join lateral (select id, duplicate_of from postbacks
       where token_hash = wanted.hash and invoice_id = wanted.invoice order by received_at, position limit 1) p
     -- A copy has no body of its own.
     cross join lateral (select * from postbacks where id = coalesce(p.duplicate_of, p.id) offset 0) f
    union all
    select 'used_token', encode(wanted.hash, 'hex') || ' ' || wanted.invoice, 0, null, null, null, null, null
      from unnest($3::text[]::bytea[], $4::text[]::uuid[]) as wanted(hash, invoice)
     cross join lateral (select from used_tokens where token_hash = wanted.hash and invoice_id = wanted.invoice offset 0) u
     order by 1, 2, 3`,
};

/** What of `rows` has used its token and leaves no row in the ledger. */
function keepTokens(rows: string): string {
  return `insert into used_tokens (token_hash, invoice_id, project_id, seen_at, is_long_lived)
      select distinct on (1, 2) decode(c.token_hash, 'hex'), c.invoice_id, c.project_id, c.received_at, c.is_long_lived
        from (${rows}) c where c.token_hash is not null and not exists (select from postbacks p
          where p.token_hash = decode(c.token_hash, 'hex') and p.invoice_id = c.invoice_id)
       order by 1, 2, 5 desc
      on conflict do nothing`;
}

/** $1 tokens of postbacks that are only counted. */
export const KEEP_TOKENS: Statement = {
  budget: 'postbacks',
  name: 'ledger_keep_tokens',
  text: keepTokens(`select * from json_to_recordset($1::json) as x(token_hash text, invoice_id uuid, project_id uuid,
        received_at timestamptz, is_long_lived boolean)`),
};

/**
 * $1 invoices, $2 postbacks, $3 transactions, $4 deliveries (one document each: every use parses its own), $5 bytes.
 * Each invoice is written only if its version is still the one that was read; its postbacks, transactions and delivery
 * go with it or not at all. Returns the ids that were written.
 */
export const WRITE: Statement = ledgerWrite('ledger_write', '');

/** The same with what staff says of cash: $6 member, $7 address, $8 request, $9 the day as an instant. */
export const WRITE_CASH_RECEIPT: Statement = ledgerWrite(
  'ledger_write_cash_receipt',
  '',
  `, receipts as (
      insert into cash_receipts (invoice_id, project_id, staff_id, cash_received_at)
      select i.id, i.project_id, $6::text::uuid, $9::text::timestamptz from invoices i join written on written.id = i.id
      returning invoice_id, project_id, cash_received_at
    ), logged as (
      insert into audit_log (staff_id, address, request_id, project_id, action, object, before, after)
      select $6::text::uuid, $7::text, $8::text, project_id, 'invoice.cash_received', invoice_id::text,
        jsonb_build_object('received', false), jsonb_build_object('received', true, 'date', $9::text)
      from receipts
    )`,
);

/** What an accepted postback takes over from the check that accepted it; when and how it was received stays. */
const RESOLVED = `invoice_id = excluded.invoice_id, outcome = excluded.outcome, reason = excluded.reason,
        reason_field = excluded.reason_field, duplicate_of = excluded.duplicate_of, duplicates = excluded.duplicates,
        signer = excluded.signer, verified = excluded.verified, secret_id = excluded.secret_id,
        content_key = excluded.content_key, form_key = excluded.form_key, token_hash = excluded.token_hash,
        position = excluded.position, flags = excluded.flags, changes = excluded.changes, claimed_invoice_id = null,
        claimed_search = excluded.claimed_search, refused_reason = coalesce(postbacks.refused_reason, postbacks.reason),
        rechecked_at = excluded.rechecked_at, rechecked_by = excluded.rechecked_by, xact = excluded.xact,
        body = case when excluded.duplicate_of is null then postbacks.body end,
        encryption_key_id = case when excluded.duplicate_of is null then postbacks.encryption_key_id end`;

/** The same where postbacks that were refused before are among them: each keeps its row. */
export const WRITE_RECHECKED: Statement = ledgerWrite(
  'ledger_write_rechecked',
  `on conflict (id) do update set ${RESOLVED}
      where postbacks.outcome = 'refused'`,
);

function ledgerWrite(name: string, onConflict: string, also = ''): Statement {
  return {
    budget: 'postbacks',
    name,
    text: `
    with written as (
      insert into invoices (id, project_id, provider_invoice_id, signer, order_id, status, status_raw, amount, currency,
        amount_usd, is_test, test_mode_known, cash_on_delivery, customer_name, attention, created_at, paid_at, time_source,
        updated_at, search, version, state, people, encryption_key_id)
      select x.id, x.project_id, x.provider_invoice_id, x.signer, x.order_id, x.status, x.status_raw, x.amount,
        x.currency, x.amount_usd, x.is_test, x.test_mode_known, x.cash_on_delivery, x.customer_name,
        array(select json_array_elements_text(x.attention)), x.created_at, x.paid_at, x.time_source, x.updated_at,
        array_to_tsvector(array(select json_array_elements_text(x.search))), x.version,
        convert_from(substring($5::bytea from x.state_at for x.state_length), 'UTF8')::json,
        substring($5::bytea from x.people_at for x.people_length), x.encryption_key_id
      from json_to_recordset($1::json) as x(id uuid, project_id uuid, provider_invoice_id text, signer text,
        order_id text, status text, status_raw text, amount numeric, currency text, amount_usd numeric, is_test boolean,
        test_mode_known boolean, cash_on_delivery text, customer_name text, attention json, created_at timestamptz, paid_at timestamptz,
        time_source text, updated_at timestamptz, search json, version int, state_at int,
        state_length int, people_at int,
        people_length int, encryption_key_id text)
      order by x.id
      on conflict (id) do update set order_id = excluded.order_id, status = excluded.status,
        status_raw = excluded.status_raw, amount = excluded.amount, currency = excluded.currency,
        amount_usd = excluded.amount_usd, is_test = excluded.is_test, test_mode_known = excluded.test_mode_known,
        cash_on_delivery = excluded.cash_on_delivery, customer_name = excluded.customer_name, attention = excluded.attention, created_at = excluded.created_at,
        paid_at = excluded.paid_at, time_source = excluded.time_source, updated_at = excluded.updated_at,
        search = excluded.search, version = excluded.version, state = excluded.state, people = excluded.people, encryption_key_id = excluded.encryption_key_id
      where invoices.version = excluded.version - 1
      returning id, version
    ), ledger as (
      insert into postbacks (id, project_id, invoice_id, received_at, outcome, reason, reason_field, duplicate_of,
        duplicates, answer_status, signer, verified, secret_id, content_key, form_key, token_hash, position, flags, changes,
        claimed_order_id, claimed_status, claimed_amount, claimed_currency, claimed_search, rechecked_at, rechecked_by,
        content_type, user_agent, body, encryption_key_id, body_size, request, request_key_id)
      select x.id, x.project_id, x.invoice_id, x.received_at, x.outcome, x.reason, x.reason_field, x.duplicate_of,
        x.duplicates, 200, x.signer, x.verified, x.secret_id, decode(x.content_key, 'hex'), decode(x.form_key, 'hex'),
        decode(x.token_hash, 'hex'), x.position, x.flags, x.changes, x.claimed_order_id, x.claimed_status, x.claimed_amount,
        x.claimed_currency, case when x.claimed_search is not null
          then array_to_tsvector(array(select json_array_elements_text(x.claimed_search))) end,
        x.rechecked_at, x.rechecked_by, x.content_type, x.user_agent,
        substring($5::bytea from x.body_at for x.body_length), x.encryption_key_id, x.body_size,
        decode(x.request, 'base64'), x.request_key_id
      from json_to_recordset($2::json) as x(id uuid, project_id uuid, invoice_id uuid,
        received_at timestamptz, outcome text, reason text, reason_field text, duplicate_of uuid, duplicates int,
        signer text, verified text, secret_id uuid, content_key text, form_key text, token_hash text, position int,
        flags json, changes json, claimed_order_id text, claimed_status text, claimed_amount text,
        claimed_currency text, claimed_search json, rechecked_at timestamptz, rechecked_by uuid, content_type text,
        user_agent text, body_at int, body_length int, encryption_key_id text, body_size int, request text,
        request_key_id text)
      join written on written.id = x.invoice_id
      ${onConflict}
    ), gone as (
      -- By the rows' places, for the reason given at READ; and where nothing was there before, not at all.
      delete from transactions
       where exists (select from written where version > 1) and ctid = any (array(
         select t.place from written
          cross join lateral (select id, ctid as place from transactions where invoice_id = written.id offset 0) t
          where written.version > 1
            and t.id <> all (array(select x.id from json_to_recordset($3::json) as x(id uuid)))))
    ), moved as (
      insert into transactions (id, invoice_id, project_id, kind, amount, currency, amount_usd, tx_hashes, external_id,
        is_test, occurred_at, time_source)
      select x.id, x.invoice_id, x.project_id, x.kind, x.amount, x.currency, x.amount_usd,
        array(select json_array_elements_text(x.tx_hashes)), x.external_id, x.is_test, x.occurred_at, x.time_source
      from json_to_recordset($3::json) as x(id uuid, invoice_id uuid, project_id uuid, kind text,
        amount numeric, currency text, amount_usd numeric, tx_hashes json, external_id text, is_test boolean,
        occurred_at timestamptz, time_source text)
      join written on written.id = x.invoice_id
      on conflict (id) do update set amount = excluded.amount, currency = excluded.currency,
        amount_usd = excluded.amount_usd, tx_hashes = excluded.tx_hashes, external_id = excluded.external_id,
        is_test = excluded.is_test, occurred_at = excluded.occurred_at, time_source = excluded.time_source
    ), parcels as (
      insert into deliveries (id, invoice_id, project_id, status, waybills, failure_reasons, carrier_code, carrier_text,
        recipient_name, updated_at)
      select x.id, x.invoice_id, x.project_id, x.status, array(select json_array_elements_text(x.waybills)),
        array(select json_array_elements_text(x.failure_reasons)), x.carrier_code, x.carrier_text, x.recipient_name,
        x.updated_at
      from json_to_recordset($4::json) as x(id uuid, invoice_id uuid, project_id uuid, status text,
        waybills json, failure_reasons json, carrier_code text, carrier_text text, recipient_name text,
        updated_at timestamptz)
      join written on written.id = x.invoice_id
      on conflict (id) do update set status = excluded.status, waybills = excluded.waybills,
        failure_reasons = excluded.failure_reasons, carrier_code = excluded.carrier_code,
        carrier_text = excluded.carrier_text, recipient_name = excluded.recipient_name, updated_at = excluded.updated_at
    )${also}
    select id::text as id from written`,
  };
}

/**
 * $1 copies of postbacks that have a row: that row counts every one (`n` says how many a document stands for), the first
 * hundred get a row of their own, of one token at most twenty in an hour. Returns the rows they are copies of, and whether those have their hundred.
 */
export const WRITE_COPIES: Statement = copiesWrite('');

/** The same where postbacks that were refused before are among them: each keeps its row, but not its body. */
export const WRITE_RECHECKED_COPIES: Statement = copiesWrite(
  `on conflict (id) do update set ${RESOLVED}
      where postbacks.outcome = 'refused'`,
);

function copiesWrite(onConflict: string): Statement {
  return {
    budget: 'postbacks',
    // Planned at each run: it joins the ledger with what it is given.
    name: null,
    text: `
    with copies as (
      select *, row_number() over (partition by token_hash, invoice_id order by received_at, id) as nth_of_token
        from json_to_recordset($1::json) as x(id uuid, project_id uuid, invoice_id uuid, received_at timestamptz,
        reason text, duplicate_of uuid, n int, ordinal int, answer_status int, signer text, verified text, secret_id uuid,
        content_key text, token_hash text, flags json, claimed_order_id text, claimed_status text,
        claimed_amount text, claimed_currency text, rechecked_at timestamptz, rechecked_by uuid, content_type text,
        user_agent text, body_size int, request text, request_key_id text, is_long_lived boolean)
    ), firsts as (
      select id from postbacks where id in (select duplicate_of from copies) order by id for no key update
    ), counted as (
      update postbacks p set duplicates = p.duplicates + n.n
        from firsts, (select duplicate_of, sum(n)::int as n from copies group by 1) n
       where p.id = firsts.id and n.duplicate_of = p.id
         -- All of it or nothing: who is told that a row is missing tries each alone.
         and (select count(*) from firsts) = (select count(distinct duplicate_of) from copies)
      returning p.id, p.duplicates - n.n as before, p.duplicates as now
    ), kept as (
      insert into postbacks (id, project_id, invoice_id, received_at, outcome, reason, duplicate_of, answer_status, signer,
        verified, secret_id, content_key, token_hash, flags, claimed_order_id, claimed_status, claimed_amount,
        claimed_currency, rechecked_at, rechecked_by, content_type, user_agent, body_size, request, request_key_id)
      select c.id, c.project_id, c.invoice_id, c.received_at, 'duplicate', c.reason, c.duplicate_of, c.answer_status,
        c.signer, c.verified, c.secret_id, decode(c.content_key, 'hex'), decode(c.token_hash, 'hex'), c.flags,
        c.claimed_order_id, c.claimed_status, c.claimed_amount, c.claimed_currency, c.rechecked_at, c.rechecked_by,
        c.content_type, c.user_agent, c.body_size, decode(c.request, 'base64'), c.request_key_id
      from copies c join counted on counted.id = c.duplicate_of
      where c.rechecked_at is not null or counted.before + c.ordinal <= ${COPIES_KEPT} and (c.token_hash is null
        or c.nth_of_token + (select count(*) from (select from postbacks t where t.token_hash = decode(c.token_hash, 'hex')
          and t.invoice_id = c.invoice_id and t.received_at > c.received_at - interval '1 hour'
          limit ${ROWS_A_TOKEN}) recent) <= ${ROWS_A_TOKEN})
      ${onConflict}
      returning id
    ), remembered as (
      ${keepTokens(`select copies.* from copies join counted on counted.id = copies.duplicate_of
          where copies.id is null or copies.id not in (select id from kept)`)}
    )
    select id::text as id, now >= ${COPIES_KEPT} as full from counted`,
  };
}

/**
 * $1 authentic postbacks that lack a required field, each content once (`n` says how many of it came), $2 their bodies; where
 * the same content has a row already, that counts it. Past twenty of one token in an hour they are only counted.
 */
export const WRITE_INCOMPLETE: Statement = {
  budget: 'postbacks',
  name: 'ledger_write_incomplete',
  text: `
    with x as (
      select *, token_hash is null or (row_number() over (partition by token_hash order by received_at, id) + (
          select count(*) from (select from postbacks t where t.token_hash = decode(y.token_hash, 'hex')
            and t.invoice_id is null and t.received_at > y.received_at - interval '1 hour' limit ${ROWS_A_TOKEN}) recent)
        ) <= ${ROWS_A_TOKEN} as fits
        from json_to_recordset($1::json) as y(id uuid, project_id uuid, received_at timestamptz, reason text,
          reason_field text, signer text, verified text, secret_id uuid, content_key text, token_hash text, flags json,
          claimed_invoice_id text, claimed_order_id text, claimed_status text, claimed_amount text, claimed_currency text,
          claimed_search json, content_type text, user_agent text, body_at int, body_length int, encryption_key_id text,
          body_size int, request text, request_key_id text, n int, named_invoice uuid, is_long_lived boolean)
    ), known as (
      update postbacks p set duplicates = p.duplicates + x.n from x
       where p.content_key = decode(x.content_key, 'hex') and p.duplicate_of is null and p.content_key is not null
      returning p.content_key
    ), remembered as (
      ${keepTokens('select *, named_invoice as invoice_id from x where named_invoice is not null')}
    ), kept as (
      insert into postbacks (id, project_id, received_at, outcome, reason, reason_field, answer_status, signer, verified,
        secret_id, content_key, token_hash, flags, claimed_invoice_id, claimed_order_id, claimed_status, claimed_amount,
        claimed_currency, claimed_search, content_type, user_agent, body, encryption_key_id, body_size, request,
        request_key_id, duplicates)
      select x.id, x.project_id, x.received_at, 'incomplete', x.reason, x.reason_field, 400, x.signer, x.verified,
        x.secret_id, decode(x.content_key, 'hex'), decode(x.token_hash, 'hex'), x.flags, x.claimed_invoice_id,
        x.claimed_order_id, x.claimed_status, x.claimed_amount, x.claimed_currency,
        case when x.claimed_search is not null
          then array_to_tsvector(array(select json_array_elements_text(x.claimed_search))) end,
        x.content_type, x.user_agent, substring($2::bytea from x.body_at for x.body_length), x.encryption_key_id,
        x.body_size, decode(x.request, 'base64'), x.request_key_id, x.n - 1
      from x where x.fits and not exists (select from known where known.content_key = decode(x.content_key, 'hex'))
      order by x.content_key
      -- Another process may have written the same content since.
      on conflict (content_key) where duplicate_of is null and content_key is not null
        do update set duplicates = postbacks.duplicates + excluded.duplicates + 1
    )
    select x.id::text as id, x.n from x
     where not x.fits and not exists (select from known where known.content_key = decode(x.content_key, 'hex'))`,
};

/** How a count is added to the one that is there. */
const ADD_COUNT = `on conflict (project_id, kind, hour) do update set count = project_counters.count + excluded.count,
      last_at = greatest(project_counters.last_at, excluded.last_at),
      last_user_agent = case when excluded.last_at < project_counters.last_at then project_counters.last_user_agent
        else excluded.last_user_agent end`;

/** Of a refused postback `x`: whether the invoice or the order that it names is there. */
function isNamed(x: string): string {
  return `(exists (select from invoices i where i.id = ${x}.named_invoice) or exists (select from invoices i
    where i.project_id = ${x}.project_id and i.search @@ ${x}.named_order::tsquery))`;
}

/**
 * $1 refused postbacks for which the quotas have no room. Those that name nothing that is there are counted; returns the
 * others, which have a quota of their own.
 */
export const COUNT_UNNAMED: Statement = {
  budget: 'postbacks',
  name: 'ledger_count_unnamed',
  text: `
    with x as (
      select r.nth, r.project_id, r.at, r.user_agent, ${isNamed('r')} as is_named
        from json_to_recordset($1::json) as r(nth int, project_id uuid, at timestamptz, user_agent text,
          named_invoice uuid, named_order text)
    ), counted as (
      insert into project_counters (project_id, kind, hour, count, last_at, last_user_agent)
      select project_id, 'refused_over_limit', date_trunc('hour', at, 'UTC'), count(*), max(at),
        (array_agg(user_agent order by at desc))[1]
        from x where not is_named group by 1, 2, 3 order by 1, 2, 3
      ${ADD_COUNT}
    )
    select nth from x where is_named`,
};

/**
 * $1 postbacks that are refused or cannot be read, $2 their bodies: each takes part in the quotas of its project and hour,
 * and is kept where one has room. Returns the ids of those that are not kept, and the quotas that are full.
 */
export const WRITE_REFUSED: Statement = {
  budget: 'postbacks',
  name: 'ledger_write_refused',
  text: `
    with y as (
      select *, date_trunc('hour', received_at, 'UTC') as hour
        from json_to_recordset($1::json) as r(id uuid, project_id uuid, received_at timestamptz, outcome text,
          reason text, answer_status int, claimed_invoice_id text, claimed_order_id text, claimed_status text,
          claimed_amount text, claimed_currency text, claimed_search json, content_type text, user_agent text,
          body_at int, body_length int, encryption_key_id text, body_size int, body_hash text, request text,
          request_key_id text, named_invoice uuid, named_order text)
    ), names as (
      select y.id, y.project_id, y.hour, y.received_at, n.kind, row_number() over (partition by project_id, hour, kind order by id)
        + coalesce((select c.count from project_counters c
            where c.project_id = y.project_id and c.kind = n.kind and c.hour = y.hour), 0) as nth
        from y cross join lateral (values ('named_' || y.named_invoice), ('named_' || md5(y.named_order))) n(kind)
       where n.kind is not null
    ), x as (
      select *, not exists (select from names n where n.id = y.id and n.nth > ${ROWS_A_NAME})
        and ${isNamed('y')} as is_known from y
    ), asks as (
      select id, project_id, hour, received_at, 'reason_' || reason as kind, body_length as bytes, 1 as max_rows,
        9223372036854775807 as max_bytes from x
      union all
      select id, project_id, hour, received_at, 'refused_known', body_length, ${KNOWN_QUOTA.rows}, ${KNOWN_QUOTA.bytes}
        from x where is_known
      union all
      -- Only counted.
      select id, project_id, hour, received_at, kind, 0, 0, 0 from names where id in (select id from x where is_known)
      union all
      select id, project_id, hour, received_at, 'refused', body_length, ${REFUSED_QUOTA.rows}, ${REFUSED_QUOTA.bytes}
        from x where not is_known
    ), added as (
      select project_id, kind, hour, count(*)::int as n, sum(bytes) as bytes, max(received_at) as last_at from asks group by 1, 2, 3
    ), counted as (
      insert into project_counters (project_id, kind, hour, count, bytes, last_at)
      -- In one order everywhere, so that two processes never wait for each other.
      select project_id, kind, hour, n, bytes, last_at from added order by 1, 2, 3
      on conflict (project_id, kind, hour) do update set count = project_counters.count + excluded.count,
        bytes = project_counters.bytes + excluded.bytes, last_at = greatest(project_counters.last_at, excluded.last_at)
      returning project_id, kind, hour, count, bytes
    ), granted as (
      select id from (
        select a.id, c.count - n.n + row_number() over quota as nth, a.max_rows,
          c.bytes - n.bytes + sum(a.bytes) over quota as filled, a.max_bytes
        from asks a join added n using (project_id, kind, hour) join counted c using (project_id, kind, hour)
        window quota as (partition by a.project_id, a.kind, a.hour order by a.id)
      ) asked where nth <= max_rows and filled <= max_bytes
    ), kept as (
      insert into postbacks (id, project_id, received_at, outcome, reason, answer_status, claimed_invoice_id,
        claimed_order_id, claimed_status, claimed_amount, claimed_currency, claimed_search,
        content_type, user_agent, body, encryption_key_id, body_size, body_hash, request, request_key_id)
      select x.id, x.project_id, x.received_at, x.outcome, x.reason, x.answer_status, x.claimed_invoice_id,
        x.claimed_order_id, x.claimed_status, x.claimed_amount, x.claimed_currency,
        case when x.claimed_search is not null
          then array_to_tsvector(array(select json_array_elements_text(x.claimed_search))) end,
        x.content_type, x.user_agent, substring($2::bytea from x.body_at for x.body_length), x.encryption_key_id,
        x.body_size, decode(x.body_hash, 'hex'), decode(x.request, 'base64'), x.request_key_id
      from x where x.id in (select id from granted)
    )
    select 'dropped' as what, id::text as id, null as project_id, null as kind, null as hour from x
     where id not in (select id from granted)
    union all
    select 'full', null, c.project_id::text, c.kind, extract(epoch from c.hour)::int from counted c
     where (c.count >= 1 and c.kind like 'reason%')
        or (c.kind = 'refused_known' and (c.count >= ${KNOWN_QUOTA.rows} or c.bytes >= ${KNOWN_QUOTA.bytes}))
        or (c.kind = 'refused' and (c.count >= ${REFUSED_QUOTA.rows} or c.bytes >= ${REFUSED_QUOTA.bytes}))`,
};

/** $1 what is counted: by project, kind and hour, each once. */
export const COUNT: Statement = {
  budget: 'postbacks',
  name: 'ledger_count',
  text: `
    insert into project_counters (project_id, kind, hour, count, last_at, last_user_agent)
    select x.project_id, x.kind, date_trunc('hour', x.last_at, 'UTC'), x.count, x.last_at, x.last_user_agent
      from json_to_recordset($1::json)
        as x(project_id uuid, kind text, count int, last_at timestamptz, last_user_agent text)
     order by 1, 2, 3
    ${ADD_COUNT}`,
};
