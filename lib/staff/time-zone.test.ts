import { beforeAll, describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { query } from '@/lib/postbacks/shop.testing';
import { ROLES } from './access';
import { accessOf } from './access.testing';
import { createStaff } from './create';
import { getTimeZone } from './queries';
import { setTimeZone } from './time-zone';

eachDatabase((database) => {
  let staffId: string;

  beforeAll(async () => {
    const owner = { email: 'owner@shop.example', name: 'Olena', role: 'owner', password: 'three grey herons' } as const;
    staffId = (await createStaff(owner)).id;
  });

  describe('the time zone of a deployment', { shuffle: false }, () => {
    it('is changed by an owner alone, and every later read has it', async () => {
      expect(await getTimeZone()).toBe('UTC');
      for (const role of ROLES.filter((one) => one !== 'owner')) {
        expect(await setTimeZone(accessOf({ staffId, role }), 'Europe/Lisbon')).toBe(false);
      }
      expect(await getTimeZone()).toBe('UTC');
      expect(await setTimeZone(accessOf({ staffId }), 'Europe/Kyiv')).toBe(true);
      expect(await getTimeZone()).toBe('Europe/Kyiv');
    });

    it('is in the audit log with what it was before, once for each change', async () => {
      expect(await setTimeZone(accessOf({ staffId }), 'Europe/Kyiv')).toBe(false);
      const log = await query(
        database(),
        `select staff_id::text as who, before, after from audit_log where action = 'settings.time_zone'`,
      );
      expect(log).toEqual([{ who: staffId, before: { time_zone: 'UTC' }, after: { time_zone: 'Europe/Kyiv' } }]);
    });
  });
});
