import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { csvRecords } from '@/lib/csv.testing';
import { eachDatabase } from '@/lib/db/testing';
import { openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import type { Access } from '@/lib/staff/access';
import { exportableViews } from './ask';
import { AccessLost, exportFile, guardedStream, Unread } from './export-file';
import { asked, fileOf, recordsOf, staffMember } from './files.testing';
import { exportsFull } from './running';
import { listSaved, removeSaved, saveExport } from './saved';

interface Logged {
  readonly action: string;
  readonly object: string;
  readonly detail: { readonly query: string; readonly rows: number; readonly sha256: string; readonly totals: string };
}

eachDatabase((database) => {
  const logged = (access: Access): Promise<Logged[]> =>
    query<Logged>(
      database(),
      'select action, object, detail from audit_log where staff_id = $1::uuid and action like $2 order by at',
      [access.staffId, 'export.%'],
    );

  describe('who may have which file', () => {
    it('is decided by the role', async () => {
      const all = ['invoices', 'invoice_list', 'transactions', 'deliveries', 'items', 'postbacks', 'audit'];
      expect(exportableViews(await staffMember('owner'))).toEqual(all);
      expect(exportableViews(await staffMember('manager'))).toEqual(all);
      expect(exportableViews(await staffMember('accountant'))).toEqual([...all.slice(0, 5), 'audit']);
      expect(exportableViews(await staffMember('support'))).toEqual([]);
    });

    it('and no project that was not given is in it, by name or without', async () => {
      const [mine, other] = [await openShop(), await openShop()];
      for (const shop of [mine, other]) await post(shop, sample(shop, 'paid'));
      const member = await staffMember('accountant', [mine.id]);
      expect(await recordsOf(member, 'invoices')).toHaveLength(1);
      for (const view of ['invoice_list', 'transactions', 'items', 'deliveries', 'postbacks'] as const)
        for (const { project } of await recordsOf(member, view)) expect(project).toBe('Shop');
      expect((await asked(member, 'invoices', `project=${other.id}`)).problems).toEqual([
        { code: 'project', value: other.id },
      ]);
      expect(await recordsOf(await staffMember('accountant', []), 'invoices')).toEqual([]);
    });
  });

  describe('people', () => {
    let shop: Shop;
    beforeAll(async () => {
      shop = await openShop('novapay');
      const names = { client_last_name: '=cmd|', client_first_name: 'Олена', client_patronymic: '' };
      await post(shop, { ...sample(shop, 'waybill-created'), ...names, client_phone: '+380 50 123-45-67' });
    });

    it('are in a file that was asked for with them', async () => {
      const owner = await staffMember('owner');
      const [row] = await recordsOf(owner, 'invoices', `project=${shop.id}&people=include`);
      expect([row?.customer_name, row?.customer_phone]).toEqual(["'=cmd| Олена", '380501234567']);
      const [listed] = await recordsOf(owner, 'invoice_list', `project=${shop.id}&people=include`);
      expect([listed?.customer_name, listed?.customer_phone]).toEqual([row?.customer_name, row?.customer_phone]);
      const [parcel] = await recordsOf(owner, 'deliveries', `project=${shop.id}&people=include`);
      expect([parcel?.recipient_name, parcel?.recipient_phone]).toEqual(['Мельник Тарас Ігорович', '380500000002']);
      expect(parcel?.recipient_address).not.toBe('');
    });

    it('are nowhere in any other', async () => {
      const owner = await staffMember('owner');
      for (const view of ['invoices', 'invoice_list', 'transactions', 'deliveries', 'items', 'postbacks'] as const) {
        const file = (await fileOf(owner, view, `project=${shop.id}`)).toString();
        expect(file).not.toMatch(/Олена|Мельник|380501234567|501234567|cmd/);
      }
    });
  });

  describe('the audit log', () => {
    it('has every file with its filter, rows, totals and the hash of its bytes', async () => {
      const [shop, member] = [await openShop('novapay'), await staffMember('accountant')];
      await post(shop, sample(shop, 'paid'));
      for (const format of ['csv', 'xlsx', 'zip']) {
        const search = `project=${shop.id}&format=${format}`;
        const file = await fileOf(member, 'invoices', search);
        expect((await logged(member)).at(-1)).toMatchObject({
          action: 'export.download',
          object: 'invoices',
          detail: {
            query: search,
            rows: 1,
            sha256: createHash('sha256').update(file).digest('hex'),
            totals: 'gross 53.00 UAH',
          },
        });
      }
      expect(await logged(member)).toHaveLength(3);
    });

    it('says of one that was broken off that it was', async () => {
      const [shop, member] = [await openShop(), await staffMember('accountant')];
      await post(shop, sample(shop, 'paid'));
      const { request } = await asked(member, 'invoices', `project=${shop.id}`);
      const { bytes } = exportFile(member, request, '');
      await bytes.next();
      await bytes.return();
      expect((await logged(member)).map(({ action }) => action)).toEqual(['export.broken_off']);
    });

    it('has a file before anybody has its end', async () => {
      const member = await staffMember('accountant');
      const { request } = await asked(member, 'invoices', 'from=2001-01-01&to=2001-01-02');
      const { bytes } = exportFile(member, request, '');
      let seen = '';
      for await (const piece of bytes) {
        if (!seen.endsWith('\r\n')) seen += Buffer.from(piece).toString();
        if (seen.endsWith('\r\n')) expect(await logged(member)).toHaveLength(1);
        else expect(await logged(member)).toHaveLength(0);
      }
      expect(csvRecords(seen)).toEqual([]);
    });
  });

  describe('a running export', () => {
    it.each([
      ['the role is lowered', `update staff set role = 'support' where id = $1::uuid`],
      ['the member is disabled', 'update staff set disabled_at = now() where id = $1::uuid'],
      ['the projects are others', 'update staff set all_projects = false where id = $1::uuid'],
      ['the session was ended', 'delete from sessions where staff_id = $1::uuid'],
    ])('breaks off with an error when %s, also while nobody reads', async (_, change) => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      try {
        const member = await staffMember('accountant');
        const { request } = await asked(member, 'invoices');
        const reader = guardedStream(member, exportFile(member, request, '').bytes).getReader();
        await reader.read();
        await vi.advanceTimersByTimeAsync(4_900);
        await query(database(), change, [member.staffId]);
        const closed = expect(reader.closed).rejects.toBeInstanceOf(AccessLost);
        await vi.advanceTimersByTimeAsync(4_900);
        await closed;
        await vi.waitUntil(async () => (await logged(member)).length > 0);
        expect((await logged(member)).map(({ action }) => action)).toEqual(['export.broken_off']);
      } finally {
        vi.useRealTimers();
      }
    });

    it('breaks off when nobody reads it for the given time, and is under way no longer', async () => {
      const member = await staffMember('accountant');
      const { request } = await asked(member, 'audit');
      const reader = guardedStream(member, exportFile(member, request, '').bytes, 1).getReader();
      await expect(reader.closed).rejects.toBeInstanceOf(Unread);
      await vi.waitUntil(async () => (await logged(member)).length > 0);
      expect((await logged(member)).map(({ action }) => action)).toEqual(['export.broken_off']);
      await vi.waitUntil(() => exportsFull(member) === null);
    });

    it('leaves room for the others: two of a member, four of all', async () => {
      const [one, two, three] = [
        await staffMember('accountant'),
        await staffMember('accountant'),
        await staffMember('accountant'),
      ];
      const begin = async (member: Access): Promise<ReadableStreamDefaultReader<Uint8Array>> => {
        const { request } = await asked(member, 'invoices');
        return guardedStream(member, exportFile(member, request, '').bytes).getReader();
      };
      const first = [await begin(one), await begin(one)];
      expect([exportsFull(one), exportsFull(two)]).toEqual(['own', null]);
      const others = [await begin(two), await begin(two)];
      expect(exportsFull(three)).toBe('all');
      for (const reader of first) await reader.cancel();
      expect([exportsFull(one), exportsFull(two), exportsFull(three)]).toEqual([null, 'own', null]);
      for (const reader of others) while (!(await reader.read()).done);
      expect(exportsFull(two)).toBe(null);
    });
  });

  it('saved exports are their owner’s alone', async () => {
    const [one, other] = [await staffMember('accountant'), await staffMember('accountant')];
    const saved = { name: 'Month end', view: 'invoices', query: 'preset=accounting', monthly: true } as const;
    expect(await saveExport(one, saved)).toBe(true);
    expect(await saveExport(one, { ...saved, query: 'preset=xero' })).toBe(true);
    const [mine, ...more] = await listSaved(one);
    expect([mine?.query, more]).toEqual(['preset=xero', []]);
    expect(await listSaved(other)).toEqual([]);
    await removeSaved(other, mine?.id ?? '');
    expect(await listSaved(one)).toHaveLength(1);
    await removeSaved(one, mine?.id ?? '');
    expect(await listSaved(one)).toEqual([]);
  });
});
