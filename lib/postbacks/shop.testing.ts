import { createHash } from 'node:crypto';
import type { Database } from '@/lib/db/client';
import { createProject } from '@/lib/projects/create';
import { openSecret, SECRET_COLUMNS, type SecretRow } from '@/lib/projects/secrets';
import { getProvider } from '@/lib/providers';
import type { Fields, Provider, SignedPostback } from '@/lib/providers/provider';
import { type ReceiveOptions, receive } from './receive';

/** A project with its provider's key, so that a test can post as the provider does. */
export interface Shop {
  readonly id: string;
  readonly provider: Provider;
  readonly path: string;
  readonly key: string;
}

export interface Answered {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

export const RECEIVED = { message: 'Postback received' };

/** A fixed moment, so that nothing depends on when the test runs; in the middle of an hour. */
export const NOON = new Date('2026-01-27T12:30:00.000Z');

export function after(seconds: number): Date {
  return new Date(NOON.getTime() + seconds * 1000);
}

export async function openShop(providerId = 'cryptocloud'): Promise<Shop> {
  const provider = getProvider(providerId);
  if (!provider) throw new Error(`There is no provider ${providerId}`);
  const { verify, sign } = provider.createCredential();
  const project = await createProject({ name: 'Shop', provider: providerId, credential: verify });
  return { id: project.id, provider, path: project.notificationPath, key: sign ?? verify };
}

export function sample(shop: Shop, name: string): Fields {
  const found = shop.provider.samples.find((each) => each.name === name);
  if (!found) throw new Error(`${shop.provider.id} has no sample ${name}`);
  return found.build(NOON);
}

/** Signs as the provider and posts. */
export async function post(
  shop: Shop,
  fields: Fields,
  options: { readonly now?: Date; readonly format?: 'json' | 'form'; readonly key?: string } = {},
): Promise<Answered> {
  const { now = NOON, format, key = shop.key } = options;
  return deliver(shop, await shop.provider.sign(fields, key, { now, format }), { now });
}

export async function deliver(
  shop: Shop,
  { body, headers }: Pick<SignedPostback, 'headers'> & { readonly body: BodyInit },
  options: ReceiveOptions = { now: NOON },
): Promise<Answered> {
  const response = await receive(
    new Request(`http://localhost${shop.path}`, { method: 'POST', body, headers }),
    options,
  );
  return { status: response.status, body: await response.json(), headers: response.headers };
}

/** JSON under a token of one's own choice. */
export function withToken(fields: Fields, token: string): Pick<SignedPostback, 'headers'> & { readonly body: string } {
  return { body: JSON.stringify({ ...fields, token }), headers: { 'content-type': 'application/json' } };
}

/** The body as text with one piece replaced, which a token does not notice. */
export function altered(signed: SignedPostback, piece: string, other: string): SignedPostback {
  const text = new TextDecoder().decode(signed.body);
  if (!text.includes(piece)) throw new Error(`The body has no ${piece}`);
  return { ...signed, body: new TextEncoder().encode(text.replace(piece, other)) };
}

/** Runs one statement under a name of its own, for drivers that keep plans by name. */
export function query<Row>(database: Database, text: string, parameters: readonly string[] = []): Promise<Row[]> {
  const name = `test_${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  return database.run<Row>({ name, text }, parameters);
}

export interface LedgerRow {
  readonly id: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly reason_field: string | null;
  readonly duplicate_of: string | null;
  readonly duplicates: number;
  readonly answer_status: number;
  readonly verified: string | null;
  readonly position: number | null;
  readonly flags: readonly { readonly code: string }[];
  readonly has_body: boolean;
  readonly has_event: boolean;
  readonly invoice_id: string | null;
}

/** The shop's ledger in the order in which it was written. */
export function ledger(database: Database, shop: Shop): Promise<LedgerRow[]> {
  return query<LedgerRow>(
    database,
    `select id::text as id, outcome, reason, reason_field, duplicate_of::text as duplicate_of, duplicates, answer_status,
            verified, position, flags, body is not null as has_body, event is not null as has_event, invoice_id::text as invoice_id
       from postbacks where project_id = $1::uuid order by received_at, position nulls last, id`,
    [shop.id],
  );
}

export interface InvoiceView {
  readonly provider_invoice_id: string;
  readonly status: string;
  readonly amount: string | null;
  readonly order_id: string | null;
  readonly is_test: boolean;
  readonly test_mode_known: boolean;
  readonly attention: readonly string[];
  readonly version: number;
}

export function invoicesOf(database: Database, shop: Shop): Promise<InvoiceView[]> {
  return query<InvoiceView>(
    database,
    `select provider_invoice_id, status, amount, order_id, is_test, test_mode_known, attention, version
       from invoices where project_id = $1::uuid order by provider_invoice_id`,
    [shop.id],
  );
}

export function transactionsOf(database: Database, shop: Shop): Promise<{ kind: string; amount: string }[]> {
  return query(
    database,
    'select kind, amount from transactions where project_id = $1::uuid order by occurred_at, kind, amount',
    [shop.id],
  );
}

export async function countOf(database: Database, shop: Shop, kind: string): Promise<number> {
  const [row] = await query<{ count: string | null }>(
    database,
    'select sum(count)::text as count from project_counters where project_id = $1::uuid and kind = $2::text',
    [shop.id, kind],
  );
  return Number(row?.count ?? 0);
}

/** What the project's own test secret signs with. */
export async function testKeyOf(database: Database, shop: Shop): Promise<string> {
  const text = `select ${SECRET_COLUMNS} from project_secrets s where s.project_id = $1::uuid and s.signer = 'test'`;
  const [row] = await query<SecretRow>(database, text, [shop.id]);
  const key = row && openSecret(row).sign;
  if (!key) throw new Error('The project has no test secret');
  return key;
}
