import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '@/lib/db/client';
import { eachDatabase, everyDriver } from '@/lib/db/testing';
import { permitted } from '@/lib/exports/ask';
import { asked as askedFor } from '@/lib/exports/files.testing';
import { addUp } from '@/lib/exports/totals';
import { invoiceList } from '@/lib/invoices/invoice-list';
import { listInvoices } from '@/lib/invoices/queries';
import { openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import type { Access, Role } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { withHits } from './condition';
import { search } from './find';
import { askForPeople, MAX_LOOKUPS, recordLookups } from './people-quota';

const NOW = new Date('2026-03-02T12:03:00.000Z');
const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1000);

async function memberOf(database: Database, role: Role): Promise<Access> {
  const [row] = await query<{ id: string }>(
    database,
    `insert into staff (email, name, role, password_hash) values (gen_random_uuid()::text, 'Member', $1::text, '')
     returning id::text as id`,
    [role],
  );
  return accessOf({ staffId: row?.id ?? '', role, projects: 'all' });
}

interface Entry {
  readonly kind: string;
  readonly count: number;
}

function entriesOf(database: Database, access: Access): Promise<readonly Entry[]> {
  return query<Entry & Record<string, string>>(
    database,
    `select object as kind, (detail ->> 'count')::int as count from audit_log
     where action = 'people.search' and staff_id = $1::uuid order by detail ->> 'since', object`,
    [access.staffId],
  ) as Promise<readonly Entry[]>;
}

everyDriver((database) => {
  describe('the quota of searches for customers', () => {
    let support: Access;
    beforeEach(async () => {
      support = await memberOf(database(), 'support');
    });
    const asks = async (text: string, now = NOW, access = support): Promise<boolean> =>
      (await askForPeople(access, text, { repeats: 'count', now })).blockedUntil === null;

    it('lets no more than sixty through in ten minutes, of many at once', async () => {
      const first = await Promise.all(Array.from({ length: 55 }, (_, index) => asks(`06711122${10 + index}`)));
      expect(first.every(Boolean)).toBe(true);
      const rest = await Promise.all(Array.from({ length: 20 }, (_, index) => asks(`06711133${10 + index}`)));
      expect(rest.filter(Boolean)).toHaveLength(MAX_LOOKUPS.tenMinutes - 55);
      expect(await asks('Коваленко')).toBe(false);
      // At the limit it is recorded at once.
      expect(await entriesOf(database(), support)).toEqual([{ kind: 'phone', count: 60 }]);
      expect(await asks('0671112233', NOW, await memberOf(database(), 'support'))).toBe(true);
    });

    it('records one audit entry for each member, kind and ten minutes, with the count', async () => {
      for (const text of ['0671112233', '0671112244', 'Коваленко', 'olena@shop.example', '1001', 'A-1'])
        await asks(text);
      await recordLookups(later(400));
      expect(await entriesOf(database(), support)).toEqual([]);
      await asks('0671112255', later(500));
      await recordLookups(later(2_000));
      await recordLookups(later(3_000));
      expect(await entriesOf(database(), support)).toEqual([
        { kind: 'email', count: 1 },
        { kind: 'name', count: 1 },
        { kind: 'phone', count: 2 },
        { kind: 'phone', count: 1 },
      ]);
    });
  });
});

eachDatabase((database) => {
  describe('what a member who sees masks finds of customers', () => {
    let shop: Shop;
    let [owner, support, accountant]: Access[] = [];
    const ORDER = 'ORDER-48151623';
    const { filter } = invoiceList.read({}, { zone: 'UTC', providers: [], projects: [] });

    beforeEach(async () => {
      const members = await Promise.all(
        (['owner', 'support', 'accountant'] as const).map((role) => memberOf(database(), role)),
      );
      [owner, support, accountant] = members;
      if (shop) return;
      shop = await openShop('novapay');
      const people = {
        client_phone: '+380671112233',
        client_email: 'olena@shop.example',
        client_last_name: 'Ко',
        client_first_name: 'Ґалаґаненко',
      };
      await post(shop, { ...sample(shop, 'paid'), ...people, external_id: ORDER });
      for (let index = 0; index < 8; index += 1)
        await post(shop, {
          ...sample(shop, 'paid'),
          client_phone: `+38050444${2233 + index * 10_000}`.slice(0, 13),
          external_id: `2026-${index}`,
        });
    });

    /** In the box and in a list, which ask for permission each. */
    const finds = async (access: Access | undefined, q: string): Promise<boolean> => {
      if (!access) throw new Error('No member');
      const { asked } = await askForPeople(access, q, { repeats: 'count' });
      const groups = await search(access, q, asked);
      const boxed = groups.some(({ hits }) => hits.some(({ orderId }) => orderId === ORDER));
      const { rows } = await listInvoices(access, await withHits(access, { ...filter, q }));
      const listed = rows.some(({ orderId }) => orderId === ORDER);
      expect([q, listed]).toEqual([q, boxed]);
      return boxed;
    };

    it.each([
      ...['0671112233', '+38 (067) 111-22-33', '1112233', '111 22 33', 'тел. 0671112233'],
      ...['Ґалаґаненко', 'ґала', 'ҐАЛАҐАНЕНКО Ко', 'olena@shop.example', 'mailto:Olena@shop.example'],
      ...[`${ORDER} 2233`, `2233 ${ORDER}`, ORDER],
    ])('finds by %j', async (q) => {
      expect(await finds(support, q)).toBe(true);
      expect(await finds(owner, q)).toBe(true);
    });

    it.each([
      ...[
        '2233',
        '12233',
        '112233',
        '22 33',
        '11 22 33',
        '2233 ',
        '#2233',
        'тел 2233',
        'tel:2233',
        '2233 2233',
        '2233 2026',
      ],
      ...[
        'ґал',
        'Ко',
        'ґ а л а',
        'ґа л',
        "ґа'л",
        'ґал1',
        'Ко Ко',
        'ґ*',
        'ґал:*',
        'ґалаґаненко1',
        'olena@',
        '@shop.example',
        'shop.example',
      ],
    ])('finds nothing by %j', async (q) => {
      expect(await finds(support, q)).toBe(false);
    });

    it('gives an owner every digit and letter, without a quota', async () => {
      for (const q of ['2233', 'ґал', 'ко']) expect(await finds(owner, q)).toBe(true);
      for (let index = 0; index <= MAX_LOOKUPS.tenMinutes; index += 1)
        expect((await askForPeople(owner as Access, `06711122${10 + index}`, { repeats: 'count' })).blockedUntil).toBe(
          null,
        );
    });

    it('gives an accountant none, and counts nothing', async () => {
      for (const q of ['0671112233', 'Коваленко', 'olena@shop.example', `${ORDER} 2233 x`]) {
        const { asked } = await askForPeople(accountant as Access, q, { repeats: 'count' });
        expect(asked).toEqual({ people: 'none' });
      }
      expect(await finds(accountant, '0671112233')).toBe(false);
      expect(await finds(accountant, ORDER)).toBe(true);
    });

    it('finds nobody in a list, a log or a file that did not ask for permission', async () => {
      for (const q of ['0671112233', 'Коваленко', 'olena@shop.example']) {
        expect((await listInvoices(support as Access, { ...filter, q })).rows).toEqual([]);
        expect(await search(support as Access, q)).toEqual([]);
      }
    });
  });

  describe('what counts as a search for a customer', () => {
    let support: Access;
    beforeEach(async () => {
      support = await memberOf(database(), 'support');
    });
    const asks = async (text: string, now = NOW): Promise<boolean> =>
      (await askForPeople(support, text, { repeats: 'count', now })).blockedUntil === null;

    it('closes for the day after three hundred', async () => {
      const at = later(5 * 601);
      await query(
        database(),
        `insert into people_lookups (staff_id, lookups)
         select $1::uuid, jsonb_agg(jsonb_build_object('at', $2::numeric + n / 60 * 601, 'n', 1, 'key', n::text))
         from generate_series(0, 298) n`,
        [support.staffId, String(NOW.getTime() / 1000)],
      );
      expect(await asks('0671112233', at)).toBe(true);
      expect(await asks('0671112233', at)).toBe(false);
      const { blockedUntil } = await askForPeople(support, '0671112233', { repeats: 'count', now: at });
      expect(blockedUntil).toEqual(later(86_400));
      expect(await asks('0671112233', later(86_399))).toBe(false);
      expect(await asks('0671112233', later(86_401))).toBe(true);
    });

    it('says when the next one is possible', async () => {
      await Promise.all(Array.from({ length: 60 }, (_, index) => asks(`06711122${10 + index}`)));
      const { blockedUntil } = await askForPeople(support, 'Коваленко', { repeats: 'count', now: later(30) });
      expect(blockedUntil).toEqual(later(600));
      expect(await asks('Коваленко', later(599))).toBe(false);
      expect(await asks('Коваленко', later(601))).toBe(true);
    });

    const used = async (): Promise<number> => {
      const rows = await query<{ used: number }>(
        database(),
        `select coalesce(sum((e ->> 'n')::int), 0)::int as used from people_lookups, jsonb_array_elements(lookups) e where staff_id = $1::uuid`,
        [support.staffId],
      );
      return rows[0]?.used ?? 0;
    };

    it.each([
      ['each phone of a text', '1112233 4445566', 2],
      ['many phones in one text', '1112231; 1112232; 1112233; 1112234; 1112235', 5],
      ['one phone in groups', '+38 (067) 111-22-33', 1],
      ['e-mail addresses', 'a@b.example c@d.example', 2],
      ['a name of several words', 'Коваленко Олена Петрівна', 1],
      ['a name and a phone', 'Коваленко 0671112233', 2],
      ['no number of an order', 'ORDER-1001', 0],
      ['no short number', '1001', 0],
      ['no hash', '0x4f1c9aab', 0],
    ])('%s', async (_, text, count) => {
      await askForPeople(support, text, { repeats: 'count' });
      expect(await used()).toBe(count);
    });

    it('is the same text on a page once in ten minutes, in any spelling, until the quota is used up', async () => {
      const again = (text: string, now = NOW): Promise<boolean> =>
        askForPeople(support, text, { repeats: 'are free', now }).then(({ blockedUntil }) => blockedUntil === null);
      for (const text of ['Коваленко', ' коваленко  ', 'КОВАЛЕНКО', 'Кова\u200bленко'])
        expect(await again(text)).toBe(true);
      expect(await used()).toBe(1);
      expect(await again('Коваленко', later(601))).toBe(true);
      expect(await used()).toBe(2);
      for (let index = 0; index < 59; index += 1) await again(`06711122${10 + index}`, later(601));
      expect(await again('Коваленко', later(602))).toBe(false);
    });

    it('is no number of an order or a parcel of theirs', async () => {
      const parcels = await openShop('novapay');
      const delivery = { express_waybills: ['20450011112222'] };
      await post(parcels, { ...sample(parcels, 'paid'), external_id: '481516234', delivery });
      for (const q of ['481516234', '20 4500 1111 2222'])
        expect((await search(support, q, (await askForPeople(support, q, { repeats: 'count' })).asked)).length).toBe(1);
      expect(await used()).toBe(0);
      await askForPeople({ ...support, projects: [] }, '481516234', { repeats: 'count' });
      expect(await used()).toBe(1);
    });

    it('holds for a file as for a list', async () => {
      const manager = await memberOf(database(), 'manager');
      const shop = await openShop('novapay');
      await post(shop, { ...sample(shop, 'paid'), client_phone: '+380671119999' });
      const { request: wanted } = await askedFor(manager, 'invoices', 'q=0671119999');
      expect((await addUp(manager, wanted)).rows).toBe(0);
      const allowed = await permitted(manager, wanted);
      expect((await addUp(manager, allowed)).rows).toBe(1);
      for (let index = 0; index < 59; index += 1)
        await askForPeople(manager, `06711122${10 + index}`, { repeats: 'count' });
      const blocked = await permitted(manager, wanted);
      expect(blocked.filters.invoices.permission?.blockedUntil).not.toBe(null);
      expect((await addUp(manager, blocked)).rows).toBe(0);
    });
  });
});
