import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { openShop, post, query, type Shop, sample } from '@/lib/postbacks/shop.testing';
import { ROLES } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { createStaff } from '@/lib/staff/create';
import { addNote, LONGEST_NOTE } from './notes';
import { revealPerson } from './people';
import { readTimeline } from './timeline';

eachDatabase((database) => {
  let shop: Shop;
  let invoiceId: string;
  let staffId: string;

  beforeAll(async () => {
    shop = await openShop('novapay');
    await post(shop, { ...sample(shop, 'paid'), client_phone: '+380501234567' });
    const [row] = await query<{ id: string }>(database(), 'select id::text as id from invoices limit 1');
    invoiceId = row?.id ?? '';
    const member = { name: 'Sofia <b>', email: 'sofia@shop.example', password: 'three grey herons' } as const;
    await createStaff({ ...member, role: 'support' });
    const [person] = await query<{ id: string }>(database(), 'select id::text as id from staff limit 1');
    staffId = person?.id ?? '';
  });

  const notes = async (): Promise<readonly string[]> => {
    const { entries } = await readTimeline(accessOf({ staffId }), invoiceId, null);
    return entries.flatMap((entry) => (entry.kind === 'note' ? [`${entry.author}: ${entry.text}`] : []));
  };
  const logged = async (action: string): Promise<readonly { object: string; facts: unknown }[]> =>
    query(
      database(),
      'select object, coalesce(after, detail) as facts from audit_log where action = $1::text order by at',
      [action],
    );

  describe('a note', { shuffle: false }, () => {
    it('is stored once however often its button is pressed, with one audit record', async () => {
      const note = { id: randomUUID(), invoiceId, text: '  The customer called.\r\nShe paid twice.  ' };
      const access = accessOf({ staffId, role: 'support' });
      const outcomes = await Promise.all([addNote(access, note), addNote(access, note), addNote(access, note)]);
      expect([...outcomes].sort()).toEqual(['added', 'known', 'known']);
      expect(await addNote(access, { ...note, text: 'another text' })).toBe('known');
      expect(await notes()).toEqual(['Sofia <b>: The customer called.\nShe paid twice.']);
      expect(await logged('invoice.note')).toEqual([{ object: invoiceId, facts: { note: note.id } }]);
    });

    it('may say anything, and is kept as it was written', async () => {
      const hostile = `<script>alert(1)</script> ' or 1=1 -- \u202e {"a":1} $1 \\ 🙂 שלום`;
      const access = accessOf({ staffId, role: 'accountant' });
      expect(await addNote(access, { id: randomUUID(), invoiceId, text: hostile })).toBe('added');
      expect((await notes())[0]).toBe(`Sofia <b>: ${hostile}`);
    });

    it('has something in it, and at most 4,000 characters', async () => {
      const access = accessOf({ staffId });
      const add = (text: string): Promise<string> => addNote(access, { id: randomUUID(), invoiceId, text });
      expect(await add(' \r\n\t ')).toBe('empty');
      expect(await add('x'.repeat(LONGEST_NOTE + 1))).toBe('too_long');
      // Lines end in two characters on the wire and in one in a note.
      expect(await add('x\r\n'.repeat(LONGEST_NOTE / 2))).toBe('added');
    });

    it('is not for an invoice of another project, and no id of a colleague’s note overwrites it', async () => {
      const other = await openShop();
      const outsider = accessOf({ staffId, role: 'support', projects: [other.id] });
      const before = await notes();
      expect(await addNote(outsider, { id: randomUUID(), invoiceId, text: 'x' })).toBe('no_invoice');
      expect(await addNote(accessOf({ staffId }), { id: randomUUID(), invoiceId: randomUUID(), text: 'x' })).toBe(
        'no_invoice',
      );
      const [taken] = await query<{ id: string }>(database(), 'select id::text as id from invoice_notes limit 1');
      const colleague = accessOf({ staffId: randomUUID() });
      expect(await addNote(colleague, { id: taken?.id ?? '', invoiceId, text: 'x' })).toBe('no_invoice');
      expect(await notes()).toEqual(before);
      expect((await readTimeline(outsider, invoiceId, null)).entries).toEqual([]);
    });
  });

  describe('a customer’s phone', { shuffle: false }, () => {
    it('is shown to whom it may be, one audit record a look', async () => {
      for (const role of ROLES) {
        const shown = await revealPerson(accessOf({ staffId, role }), invoiceId, 'client_phone');
        expect(shown, role).toBe(role === 'accountant' ? null : '+380501234567');
      }
      const looks = await logged('invoice.reveal_person');
      expect(looks).toEqual(Array.from({ length: 3 }, () => ({ object: invoiceId, facts: { field: 'client_phone' } })));
    });

    it('is shown to nobody of another project, and what is not there is no look', async () => {
      const outsider = accessOf({ staffId, role: 'support', projects: [randomUUID()] });
      expect(await revealPerson(outsider, invoiceId, 'client_phone')).toBe(null);
      expect(await revealPerson(accessOf({ staffId }), invoiceId, 'client_ip')).toBe(null);
      expect(await logged('invoice.reveal_person')).toHaveLength(3);
    });
  });
});
