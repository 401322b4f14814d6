import { createHash, randomUUID } from 'node:crypto';
import { getDatabase } from '@/lib/db/client';
import { resolveFailure, seenFailures } from '@/lib/deliveries/resolutions';
import { addNote } from '@/lib/invoices/notes';
import { openShop, post, query, type Shop, sample, testKeyOf } from '@/lib/postbacks/shop.testing';
import { runRetention } from '@/lib/retention/run';
import { keepBodies } from '@/lib/retention/settings';
import type { Access } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { createStaff } from '@/lib/staff/create';
import { open } from '@/lib/vault';
import { crypto, type ExpectedInvoice, HASH, parcel, SESSION, STORIES } from './stories';

export interface FixtureProject {
  readonly id: string;
  readonly provider: string;
  readonly path: string;
  /** What its provider signs with. */
  readonly key: string;
}

/** What is known of a deployment whose data folder or dump is kept as a fixture. */
export interface Fixture {
  readonly projects: readonly FixtureProject[];
  readonly invoices: readonly ExpectedInvoice[];
  /** SHA-256 of each raw body by the id of its postback. */
  readonly bodies: Readonly<Record<string, string>>;
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
}

export const OWNER = { email: 'owner@shop.example', password: 'an owner of the fixture' } as const;

/** Hours after the first postback, so that nothing of this history depends on the order within a moment. */
function hours(nth: number): Date {
  return new Date(Date.UTC(2026, 0, 27, 12, 30) + nth * 3_600_000);
}

/** Makes a history with every kind of row in the database at hand, through the same code as providers and staff. */
export async function makeHistory(): Promise<Fixture> {
  const staff = await createStaff({ ...OWNER, name: 'Owner', role: 'owner', timeZone: 'Europe/Kyiv' });
  const owner = accessOf({ staffId: staff.id, email: OWNER.email, name: 'Owner' });
  const shops: Shop[] = [];
  const invoices: ExpectedInvoice[] = [];
  let nth = 0;
  for (const [provider, stories] of Object.entries(STORIES)) {
    const shop = await openShop(provider);
    shops.push(shop);
    for (const { steps, ...expected } of stories) {
      for (const { fields, format } of steps) await accepted(shop, fields, { now: hours(nth++), format });
      invoices.push({ ...expected, provider, postbacks: steps.length });
    }
  }
  await strangers(shops, hours(nth));
  await deskWork(owner);
  invoices.push(await erased(owner));
  const projects = shops.map(({ id, provider, path, key }) => ({ id, provider: provider.id, path, key }));
  return { projects, invoices, bodies: await bodiesOf(), rows: await rowsOf() };
}

async function accepted(...[shop, fields, options]: Parameters<typeof post>): Promise<void> {
  const { status } = await post(shop, fields, options);
  if (status !== 200) throw new Error(`${shop.provider.id} answered ${status}`);
}

/** Refused, incomplete and test postbacks, and one that contradicts. */
async function strangers(shops: readonly Shop[], now: Date): Promise<void> {
  const [shop, , , nova] = shops;
  if (!shop || !nova) throw new Error('A project was not made');
  const database = await getDatabase();
  await post(shop, crypto('REFUSED1', {}, { order_id: 'ORDER-770' }), { now, key: 'w'.repeat(36) });
  const { currency: _, ...incomplete } = crypto('LACKING1', {}, { order_id: '63001' });
  await post(shop, incomplete, { now });
  await accepted(shop, crypto('TESTED01', {}), { now, key: await testKeyOf(database, shop) });
  await accepted(shop, crypto('CONFLICT', { tx_list: [HASH] }), { now });
  await accepted(shop, crypto('CONFLICT', { tx_list: [HASH] }, { order_id: 'ANOTHER' }), { now });
  await post(nova, sample(nova, 'paid'), { now, key: nova.provider.createCredential().sign ?? '' });
}

async function deskWork(owner: Access): Promise<void> {
  const database = await getDatabase();
  const [failed] = await query<{ id: string; invoice_id: string; reasons: string[] }>(
    database,
    `select id::text as id, invoice_id::text as invoice_id, failure_reasons as reasons
       from deliveries where status = 'waybill_failed'`,
  );
  if (!failed) throw new Error('No waybill failed');
  await resolveFailure(owner, failed.id, seenFailures(failed.reasons), 'Asked the customer for another number.');
  await addNote(owner, { id: randomUUID(), invoiceId: failed.invoice_id, text: 'The customer called.' });
  // The session of which a later version finds that it is one with another.
  const [spelled] = await query<{ id: string }>(
    database,
    'select id::text as id from invoices where provider_invoice_id = any ($1::text[]) order by provider_invoice_id limit 1',
    [`{${SESSION.toUpperCase()},${SESSION}}`],
  );
  if (!spelled) throw new Error('The session is not there');
  await addNote(owner, { id: randomUUID(), invoiceId: spelled.id, text: 'Paid twice?' });
}

/** An invoice whose raw body was deleted because its time was up. */
async function erased(owner: Access): Promise<ExpectedInvoice> {
  const shop = await openShop('novapay');
  const now = new Date(Date.UTC(2025, 0, 27));
  const id = '11111111-2222-4333-8444-555555555599';
  await accepted(shop, parcel(id, 'NP-99', {}), { now });
  await keepBodies(owner, shop.id, 30);
  await runRetention(hours(0));
  return {
    ...{ provider: 'novapay', invoiceId: id, orderId: 'NP-99', status: 'paid' },
    ...{ transactions: ['payment 53'], waybills: [], postbacks: 1 },
  };
}

/** SHA-256 of each raw body that is kept, as it was received. */
export async function bodiesOf(): Promise<Record<string, string>> {
  const rows = await query<{ id: string; body: string; key_id: string }>(
    await getDatabase(),
    `select id::text as id, encode(body, 'base64') as body, encryption_key_id as key_id
       from postbacks where body is not null order by id`,
  );
  return Object.fromEntries(
    rows.map(({ id, body, key_id: keyId }) => {
      const bytes = open({ sealed: Buffer.from(body, 'base64'), keyId }, `postbacks:${id}`);
      return [id, createHash('sha256').update(bytes).digest('hex')];
    }),
  );
}

const COUNTED = ['projects', 'postbacks', 'invoice_notes', 'delivery_resolutions', 'staff', 'audit_log'] as const;

export async function rowsOf(): Promise<Record<string, number>> {
  const database = await getDatabase();
  const counts = COUNTED.map(async (table) => {
    const [row] = await query<{ count: number }>(database, `select count(*)::int as count from ${table}`);
    return [table, row?.count ?? 0] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}
