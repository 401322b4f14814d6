import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Database, setDatabase } from '@/lib/db/client';
import { everyDriver } from '@/lib/db/testing';
import { replay } from '@/lib/postbacks/replay';
import { after, deliver, openShop, post, query, type Shop, sample, transactionsOf } from '@/lib/postbacks/shop.testing';
import { search } from '@/lib/search/find';
import type { Access } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { createStaff } from '@/lib/staff/create';
import { open } from '@/lib/vault';
import { erasePeople } from './erase-person';
import { findPeople } from './find-person';
import { hideNames, showNames } from './names';
import { mentions, withoutPerson } from './person';
import { setNamesSearchable } from './settings';

async function makeOwner(): Promise<Access> {
  const email = `${crypto.randomUUID()}@staff.example`;
  const { id } = await createStaff({ email, name: 'Owner', role: 'owner', password: 'three grey herons' });
  return accessOf({ staffId: id });
}

/** Distinct for every shop, as all tests share a database. */
function someone(): { phone: string; email: string; last: string } {
  const digits = String(Math.floor(Math.random() * 1e7)).padStart(7, '0');
  const last = `Zabuta${[...digits].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`;
  return { phone: `+38067${digits}`, email: `p${digits}@mail.example`, last };
}

function cardOf(shop: Shop, { phone, email, last }: ReturnType<typeof someone>): ReturnType<typeof sample> {
  const card = sample(shop, 'card');
  return {
    ...card,
    client_first_name: 'Maria',
    client_last_name: last,
    client_phone: phone,
    client_email: email,
    delivery: { ...(card.delivery as object), recipient_phone: phone, recipient_last_name: last },
  };
}

/** Everything the database holds of a shop, sealed things opened. */
async function everything(database: Database, shop: Shop): Promise<string> {
  const rows = await query<{ text: string }>(
    database,
    `select i::text as text from invoices i where project_id = $1::uuid
     union all select d::text from deliveries d where project_id = $1::uuid
     union all select p::text from postbacks p where project_id = $1::uuid
     union all select a::text from audit_log a where project_id = $1::uuid
     union all select m::text from invoice_marks m where project_id = $1::uuid
     union all select n::text from invoice_notes n join invoices i on i.id = n.invoice_id where i.project_id = $1::uuid`,
    [shop.id],
  );
  const sealed = await query<{ owner: string; body: string; key_id: string }>(
    database,
    `select 'postbacks:' || id as owner, encode(body, 'base64') as body, encryption_key_id as key_id from postbacks
      where project_id = $1::uuid and body is not null
     union all select 'invoices:' || id, encode(people, 'base64'), encryption_key_id from invoices
      where project_id = $1::uuid and people is not null`,
    [shop.id],
  );
  const opened = sealed.map(({ owner, body, key_id: keyId }) =>
    new TextDecoder().decode(open({ sealed: Buffer.from(body, 'base64'), keyId }, owner)),
  );
  return [...rows.map(({ text }) => text), ...opened].join('\n');
}

async function note(database: Database, owner: Access, shop: Shop, text: string): Promise<void> {
  await query(
    database,
    `insert into invoice_notes (invoice_id, staff_id, text) select id, $2::uuid, $3 from invoices where project_id = $1::uuid`,
    [shop.id, owner.staffId, text],
  );
  await query(
    database,
    `insert into invoice_marks (id, invoice_id, project_id, staff_id, done, note, version)
     select gen_random_uuid(), id, project_id, $2::uuid, true, $3, version from invoices where project_id = $1::uuid`,
    [shop.id, owner.staffId, text],
  );
}

const hits = async (owner: Access, text: string): Promise<number> => (await search(owner, text)).length;

describe('Erasing a person', () => {
  everyDriver((database) => {
    it('leaves the money and nothing of the person, also after a replay; the log does not name them', async () => {
      const [owner, shop, person] = [await makeOwner(), await openShop('novapay'), someone()];
      const card = cardOf(shop, person);
      await post(shop, { ...card, status: 'holded' });
      await post(shop, card, { now: after(1) });
      // Refused, but it says whom it was about.
      await post(shop, card, { now: after(2), key: (await openShop('novapay')).key });
      // Nobody looks into this one, and so nobody knows that it is about somebody else.
      const zipped = new Uint8Array(gzipSync(JSON.stringify(card)));
      await deliver(shop, { body: zipped, headers: { 'content-encoding': 'gzip' } }, { now: after(3) });
      await note(
        database(),
        owner,
        shop,
        `Maria ${person.last} rang from ${person.phone.replace('+38', '')}, wants a refund`,
      );
      const before = await transactionsOf(database(), shop);
      expect(before.length).toBeGreaterThan(0);

      const byPhone = await findPeople(owner, person.phone);
      expect(byPhone.people).toMatchObject([{ bodies: 2, projects: ['Shop'] }]);
      expect(byPhone.people[0]?.identity.emails).toEqual([person.email]);
      expect((await findPeople(owner, person.email)).people).toHaveLength(1);
      expect((await findPeople(owner, person.last)).people).toHaveLength(1);

      const erased = await erasePeople(owner, byPhone.people[0]?.invoices ?? []);
      expect(erased).toEqual({ invoices: 1, bodies: 4, notes: 2 });
      const check = async (): Promise<void> => {
        const told = await everything(database(), shop);
        for (const text of [person.phone.slice(4), person.email, person.last]) expect(told).not.toContain(text);
        expect(await transactionsOf(database(), shop)).toEqual(before);
        expect((await findPeople(owner, person.phone)).people).toEqual([]);
        expect(await hits(owner, person.last)).toBe(0);
      };
      await check();
      await replay({ projectId: shop.id });
      await check();
      const log = await query<{ detail: unknown; object: string | null }>(
        database(),
        `select detail, object from audit_log where project_id = $1::uuid and action = 'person.erase'`,
        [shop.id],
      );
      expect(log).toEqual(
        expect.arrayContaining([
          { detail: { invoices: 1, bodies: 2, notes: 2 }, object: null },
          { detail: { invoices: 0, bodies: 2, notes: 0 }, object: null },
        ]),
      );
      expect(log).toHaveLength(2);
      // The provider's retry of what was erased brings nobody back.
      expect((await post(shop, card, { now: after(60) })).status).toBe(200);
      await check();
    });

    it('wins over a postback that was read before it: that one merges into what is left', async () => {
      const [owner, shop, person] = [await makeOwner(), await openShop('novapay'), someone()];
      const card = cardOf(shop, person);
      await post(shop, { ...card, status: 'holded' });
      const [found] = (await findPeople(owner, person.phone)).people;
      const {
        client_phone: _,
        client_email: __,
        client_first_name: ___,
        client_last_name: ____,
        delivery: _____,
        ...bare
      } = card;
      let erased = 0;
      // Between what a postback reads of its invoice and what it writes.
      const inner = database();
      const racing: Database = {
        ...inner,
        run: async (statement, parameters) => {
          if (statement.name === 'ledger_write' && erased === 0)
            erased = (await erasePeople(owner, found?.invoices ?? [])).invoices;
          return inner.run(statement, parameters);
        },
      };
      setDatabase(racing);
      try {
        expect((await post(shop, { ...bare, status: 'voided' }, { now: after(1) })).status).toBe(200);
      } finally {
        setDatabase(inner);
      }
      expect(erased).toBe(1);
      const told = await everything(database(), shop);
      for (const text of [person.phone.slice(4), person.email, person.last]) expect(told).not.toContain(text);
    });

    it('is for owners, and for the projects that they see', async () => {
      const [owner, shop, person] = [await makeOwner(), await openShop('novapay'), someone()];
      await post(shop, cardOf(shop, person));
      const [found] = (await findPeople(owner, person.phone)).people;
      for (const asker of [
        accessOf({ staffId: owner.staffId, role: 'manager' }),
        accessOf({ staffId: owner.staffId, projects: [] }),
      ]) {
        expect((await findPeople(asker, person.phone)).people).toEqual([]);
        expect((await erasePeople(asker, found?.invoices ?? [])).invoices).toBe(0);
      }
      expect((await findPeople(owner, person.phone)).people).toHaveLength(1);
    });
  });
});

describe('Names', () => {
  everyDriver((database) => {
    it('are out of search and out of plain columns once switched off, and back once switched on', async () => {
      const [owner, shop, person, later] = [await makeOwner(), await openShop('novapay'), someone(), someone()];
      await post(shop, cardOf(shop, person));
      expect(await hits(owner, person.last)).toBe(1);
      await setNamesSearchable(owner, shop.id, false);
      await hideNames(shop.id);
      await post(shop, cardOf(shop, later));
      const plain = async (): Promise<string> => {
        const rows = await query<{ text: string }>(
          database(),
          `select i::text as text from invoices i where project_id = $1::uuid
           union all select d::text from deliveries d where project_id = $1::uuid`,
          [shop.id],
        );
        return rows.map(({ text }) => text.toLowerCase()).join('\n');
      };
      for (const { last, phone } of [person, later]) {
        expect(await hits(owner, last)).toBe(0);
        expect(await plain()).not.toContain(last.toLowerCase());
        expect(await hits(owner, phone)).toBe(1);
      }
      await replay({ projectId: shop.id });
      expect(await plain()).not.toContain(person.last.toLowerCase());
      await setNamesSearchable(owner, shop.id, true);
      expect(await showNames(shop.id)).toBe(2);
      for (const { last } of [person, later]) expect(await hits(owner, last)).toBe(1);
      expect(await plain()).toContain(person.last.toLowerCase());
    });
  });
});

describe('A text', () => {
  const identity = { names: ['Олена Коваленко'], phones: ['+380 67 123-45-67'], emails: ['o.k@mail.example'] };

  it.each([
    ['Дзвонила Олена, 067 123 45 67', 'Дзвонила ••••••, ••••••'],
    ['+38 (067) 123-45-67 o.K@MAIL.example!', '•••••• ••••••!'],
    ['Оленація 24.61 USDT, order 1234567', 'Оленація 24.61 USDT, order 1234567'],
  ])('%j without them is %j', (text, without) => expect(withoutPerson(text, identity)).toBe(without));

  it.each([
    ['{"phone":"0671234567"}', true],
    ['email=o.k%40mail.example', true],
    [
      '{"name":"\\u041e\\u043b\\u0435\\u043d\\u0430 \\u041a\\u043e\\u0432\\u0430\\u043b\\u0435\\u043d\\u043a\\u043e"}',
      true,
    ],
    ['{"name":"Олена Інша","phone":"0671234568"}', false],
  ])('%s mentions them: %s', (text, told) => expect(mentions(new TextEncoder().encode(text), identity)).toBe(told));
});
