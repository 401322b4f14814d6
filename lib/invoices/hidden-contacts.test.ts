import { beforeAll, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { deliveryList } from '@/lib/deliveries/delivery-list';
import { listDeliveries } from '@/lib/deliveries/queries';
import { listQueue } from '@/lib/deliveries/queue';
import { recordsOf, staffMember } from '@/lib/exports/files.testing';
import { listWaitingWaybills } from '@/lib/overview/waiting-waybills';
import { listLog } from '@/lib/postbacks/log';
import { postbackList } from '@/lib/postbacks/postback-list';
import { findPostback } from '@/lib/postbacks/queries';
import { deliver, openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import { readRawBody } from '@/lib/postbacks/shown-body';
import { searchClaims } from '@/lib/search/claims';
import { search } from '@/lib/search/find';
import type { Access } from '@/lib/staff/access';
import { listTransactions } from '@/lib/transactions/queries';
import { transactionList } from '@/lib/transactions/transaction-list';
import { getInvoice } from './detail';
import { invoiceList } from './invoice-list';
import { listInvoices } from './queries';

const CHOICES = { zone: 'UTC', providers: [], projects: [] };
const ORDER = 'olena@example.com';
/** A card, phones and an e-mail address, each where a shop or the provider wrote something else. */
const SECRETS = ['4111111111111111', '5555 5555 5555 4444', '0671112233', '067 111 22 44', 'olena@example', 'taras@'];

eachDatabase((database) => {
  let shop: Shop;
  let invoiceId: string;
  let postbackId: string;
  let owner: Access;

  beforeAll(async () => {
    shop = await openShop('novapay');
    owner = await staffMember('owner');
    const fields = sample(shop, 'waybill-failed');
    const failure = ['Phone 067 111 22 44 is not valid', 'Card 5555 5555 5555 4444', 'taras@example.com bounced'];
    await post(shop, {
      ...fields,
      external_id: ORDER,
      metadata: {},
      card_details: { pan: '4111111111111111', card_bank: 'Bank 0671112233' },
      processing_result: 'Call 0671112233',
      products: [{ description: 'For taras@example.com', count: '1', price: '10' }],
      delivery: { ...(fields.delivery as object), ew_fail_reason: failure },
    });
    const forged = await shop.provider.sign({ ...sample(shop, 'paid'), external_id: ORDER }, shop.key, {
      now: new Date(),
    });
    await deliver(shop, { body: forged.body, headers: { 'x-sign': 'AAAA' } });
    const text = `select p.id::text as id, i.id::text as invoice from postbacks p join invoices i on i.id = p.invoice_id
      where p.project_id = $1::uuid`;
    const [row] = await query<{ id: string; invoice: string }>(database(), text, [shop.id]);
    postbackId = row?.id ?? '';
    invoiceId = row?.invoice ?? '';
  });

  const expectNoSecret = (shown: unknown): void => {
    const text = JSON.stringify(shown);
    expect(text).toContain('•••');
    for (const secret of SECRETS) expect(text).not.toContain(secret);
  };

  it('no list, page or search shows a contact inside another text', async () => {
    const mine = { project: shop.id };
    const shown = [
      await listInvoices(owner, { ...invoiceList.read({}, CHOICES).filter, ...mine }),
      await listTransactions(owner, { ...transactionList.read({}, CHOICES).filter, ...mine }),
      await listDeliveries(owner, { ...deliveryList.read({}, CHOICES).filter, ...mine }),
      await listQueue(owner, { ...deliveryList.read({}, CHOICES).filter, ...mine }),
      await listLog(owner, { ...postbackList.read({}, CHOICES).filter, ...mine }),
      await listWaitingWaybills(owner, 20),
      await search(owner, ORDER),
      (await searchClaims(owner, ORDER, new Set())).hits,
      await getInvoice(owner, invoiceId),
    ];
    for (const each of shown) expectNoSecret(each);
  });

  it('no file holds one, for whichever role', async () => {
    for (const role of ['owner', 'accountant'] as const)
      for (const view of ['invoices', 'invoice_list', 'transactions', 'deliveries', 'items'] as const)
        expectNoSecret(await recordsOf(await staffMember(role), view, `project=${shop.id}`));
    expectNoSecret(await recordsOf(owner, 'postbacks', `project=${shop.id}`));
  });

  it('what is believed holds no whole card and no contact in a text for people', async () => {
    const [row] = await query<{ state: string }>(
      database(),
      'select state::text || (select string_agg(changes::text, $2) from postbacks where project_id = $1::uuid) as state from invoices where project_id = $1::uuid',
      [shop.id, ' '],
    );
    for (const secret of SECRETS.filter((each) => each !== 'olena@example')) expect(row?.state).not.toContain(secret);
  });

  it('a raw body hides cards from everybody and contacts from who sees masks', async () => {
    const bodyFor = async (role: Access['role']): Promise<string> => {
      const access = await staffMember(role);
      const postback = await findPostback(access, postbackId);
      const body = postback && (await readRawBody(access, postback));
      return body?.kind === 'shown' ? body.text : '';
    };
    const [whole, masked] = [await bodyFor('owner'), await bodyFor('manager')];
    for (const secret of SECRETS) expect(masked).not.toContain(secret);
    expect(masked).toContain('ew_fail_reason');
    for (const card of SECRETS.slice(0, 2)) expect(whole).not.toContain(card);
    for (const contact of SECRETS.slice(2)) expect(whole).toContain(contact);
  });
});
