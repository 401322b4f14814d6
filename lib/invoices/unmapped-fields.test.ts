import { describe, expect, it } from 'vitest';
import type { Database } from '@/lib/db/client';
import { eachDatabase } from '@/lib/db/testing';
import { openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import { setPlainMetadata } from '@/lib/projects/plain-metadata';
import type { Fields } from '@/lib/providers/provider';
import type { Access, Role } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { getInvoice } from './detail';
import { invoiceList } from './invoice-list';
import { listInvoices } from './queries';
import { revealUnmappedField } from './unmapped-fields';

const STAFF_ID = '0b9f3c1e-0000-4000-8000-000000000001';
const member = (role: Role, projects: Access['projects']): Access => accessOf({ staffId: STAFF_ID, role, projects });
const owner = member('owner', 'all');

/** A member who is in the database, so that an audit entry can name them. */
async function memberOf(database: Database, role: Role): Promise<Access> {
  const [row] = await query<{ id: string }>(
    database,
    `insert into staff (email, name, role, password_hash) values (gen_random_uuid()::text, 'Member', $1::text, '')
     returning id::text as id`,
    [role],
  );
  return accessOf({ staffId: row?.id ?? '', role, projects: 'all' });
}

async function invoiceOf(shop: Shop): Promise<string> {
  const { filter } = invoiceList.read({}, { zone: 'UTC', providers: [], projects: [] });
  return (await listInvoices(owner, { ...filter, project: shop.id })).rows[0]?.id ?? '';
}

eachDatabase((database) => {
  describe('fields without a meaning', () => {
    const metadata = {
      customer_phone: '+380671112233',
      fio: 'Тарас Мельник',
      contact: { viber: '0671112233', 'Тарас Мельник': 'taras' },
      'taras@shop.example': '7',
      is_email_required: false,
      source: 'site',
      utm_content: 'taras@shop.example',
    };
    const delivery = { recipient_email: 'taras@shop.example', carrier: '{"phone":"0671112233"}' };

    it('masks every field without a meaning, and gives an accountant the harmless ones alone', async () => {
      const shop = await openShop('novapay');
      await post(shop, { ...sample(shop, 'paid'), metadata, delivery, client_birthday: '1990-02-03' });
      const id = await invoiceOf(shop);
      const rest = async (role: Role): Promise<readonly string[]> => {
        const detail = await getInvoice(member(role, 'all'), id);
        return (detail?.rest?.lines ?? []).map(({ path, text }) => `${path}=${text}`);
      };
      for (const role of ['owner', 'manager', 'support'] as const) {
        const shown = await rest(role);
        expect(shown).toContain('metadata.customer_phone=••••••');
        expect(shown).toContain('metadata.fio=••••••');
        expect(shown).toContain('metadata.is_email_required=false');
        expect(shown).toContain('metadata.source=site');
        expect(shown).toContain('metadata.••••••=7');
        expect(shown).toContain('client_birthday=1990-02-03');
        expect(shown.join()).not.toMatch(/671112233|taras|Тарас/i);
      }
      expect(await rest('accountant')).toEqual([
        'metadata=',
        'metadata.source=site',
        'products=',
        ...(await images(shop)),
      ]);
    });

    /** Links to pictures of products are harmless. */
    async function images(shop: Shop): Promise<readonly string[]> {
      const products = sample(shop, 'paid').products as readonly Fields[];
      return products.flatMap(({ image }, index) => [`products.${index}=`, `products.${index}.image=${image}`]);
    }

    it('reveals one masked field at a time, with an audit entry that does not say it', async () => {
      const shop = await openShop('novapay');
      await post(shop, { ...sample(shop, 'paid'), metadata, delivery });
      const id = await invoiceOf(shop);
      const support = await memberOf(database(), 'support');
      const rest = (await getInvoice(support, id))?.rest;
      const reveal = async (access: Access, path: string): Promise<string | null> => {
        const line = rest?.lines.find((one) => one.path === path);
        return revealUnmappedField(access, id, rest?.postbackId ?? '', line?.pointer ?? '');
      };
      expect(await reveal(support, 'metadata.fio')).toBe('Тарас Мельник');
      expect(await reveal(support, 'metadata.contact.••••••')).toBe('Тарас Мельник: taras');
      expect(await reveal(support, 'metadata.utm_content')).toBe('taras@shop.example');
      expect(await reveal(support, 'metadata.••••••')).toBe('taras@shop.example');
      expect(await reveal(support, 'metadata.source')).toBe(null);
      expect(await reveal(await memberOf(database(), 'accountant'), 'metadata.fio')).toBe(null);
      expect(await reveal(member('owner', []), 'metadata.fio')).toBe(null);
      const entries = await query(
        database(),
        `select staff_id::text as staff, detail ->> 'field' as field from audit_log
         where action = 'invoice.reveal_field' and object = $1::text order by at`,
        [id],
      );
      expect(entries).toEqual(
        ['metadata.fio', 'metadata.contact.••••••', 'metadata.utm_content', 'metadata.••••••'].map((field) => ({
          staff: support.staffId,
          field,
        })),
      );
    });

    it('shows everybody the paths of the metadata that owners of the project allow', async () => {
      const shop = await openShop('novapay');
      await post(shop, { ...sample(shop, 'paid'), metadata: { shop: { floor_staff: 'Kyiv team' }, fio: 'Тарас' } });
      const id = await invoiceOf(shop);
      const shown = async (): Promise<string> =>
        JSON.stringify((await getInvoice(member('accountant', 'all'), id))?.rest?.lines ?? []);
      expect(await shown()).not.toContain('Kyiv team');
      await setPlainMetadata(await memberOf(database(), 'owner'), shop.id, ['shop.floor_staff']);
      expect(await shown()).toContain('Kyiv team');
      expect(await shown()).not.toContain('Тарас');
      const other = await openShop('novapay');
      await post(other, { ...sample(other, 'paid'), metadata: { shop: { floor_staff: 'Lviv team' } } });
      const lines = (await getInvoice(member('accountant', 'all'), await invoiceOf(other)))?.rest?.lines;
      expect(JSON.stringify(lines)).not.toContain('Lviv team');
    });
  });
});
