import { createTranslator } from 'next-intl';
import { describe, expect, test } from 'vitest';
import { readMessages } from '@/i18n/catalogue';
import type { Changes } from '@/lib/postbacks/changes';
import { changeWords } from './change-words';

const NUMBER = '20450000000011';

describe('what became of a parcel', () => {
  test.each<[Changes, readonly string[]]>([
    [{ waybills: [NUMBER], delivery: ['none', 'received'] }, ['Waybill 20 4500 0000 0011', 'Parcel: Received']],
    [
      { waybills: [NUMBER], delivery: ['none', 'refused'] },
      ['Waybill 20 4500 0000 0011', 'Parcel: Refused by the recipient'],
    ],
    [{ waybills: [NUMBER], delivery: ['none', 'waybill_created'] }, ['Waybill 20 4500 0000 0011']],
    [{ failureReasons: ['No such phone'], delivery: ['none', 'waybill_failed'] }, ['Waybill failed: No such phone']],
    [
      { failureReasons: ['No such phone'], delivery: ['none', 'in_transit'] },
      ['Waybill failed: No such phone', 'Parcel: In transit'],
    ],
    [{ delivery: ['in_transit', 'ready_for_pickup'] }, ['Parcel: Ready for pickup']],
  ])('is said once: %j', async (changes, lines) => {
    const t = createTranslator({ locale: 'en', messages: await readMessages('en', true), namespace: 'invoices' });
    expect(changeWords(t, changes, 'UAH', 'en')).toEqual(lines);
  });
});
