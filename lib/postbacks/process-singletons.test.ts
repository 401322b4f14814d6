import { describe, expect, it, vi } from 'vitest';
import { everyDriver } from '@/lib/db/testing';
import type { Access } from '@/lib/staff/access';
import { NOON, openShop, post, sample } from './shop.testing';

/** `server.ts` and Next load the same modules twice in one process: two graphs, nothing shared but `globalThis`. */
async function loadGraph() {
  vi.resetModules();
  const client = await import('@/lib/db/client');
  const live = await import('@/lib/live');
  const find = await import('@/lib/projects/find');
  const receiver = await import('./receive');
  const sender = await import('./shop.testing');
  return { client, live, find, receiver, sender };
}

describe('Two module graphs in one process', () => {
  everyDriver((database) => {
    it('have one database', async () => {
      const [server, next] = [await loadGraph(), await loadGraph()];
      expect(server.client.getDatabase).not.toBe(next.client.getDatabase);
      expect(await server.client.getDatabase()).toBe(await next.client.getDatabase());
      expect(await next.client.getDatabase()).toBe(database());
    });

    it('agree that a failure of the database is one, whichever threw it', async () => {
      const [server, next] = [await loadGraph(), await loadGraph()];
      expect(new server.client.DatabaseUnavailable('down')).toBeInstanceOf(next.client.DatabaseUnavailable);
      expect(new Error('down')).not.toBeInstanceOf(next.client.DatabaseUnavailable);
    });

    it('have one hub: what one takes in, the screens of the other hear of', async () => {
      const [server, next] = [await loadGraph(), await loadGraph()];
      const shop = await openShop();
      const heard = new Promise<readonly string[]>((resolve) => {
        const listener = {
          access: everything(),
          changed: (event: { invoices: readonly string[] }) => resolve(event.invoices),
          ended: () => {},
        };
        void next.live.subscribe(listener).then(async (subscription) => {
          await server.sender.post(shop, sample(shop, 'paid'), { now: NOON });
          const invoices = await heard;
          subscription.unsubscribe();
          return invoices;
        });
      });
      expect(await heard).toHaveLength(1);
    });

    it('gather into one queue and know one list of projects', async () => {
      const [server, next] = [await loadGraph(), await loadGraph()];
      const shop = await openShop();
      const fields = sample(shop, 'paid');
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => (index % 2 ? server : next).sender.post(shop, fields, { now: NOON })),
      );
      expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
      const key = shop.path.slice('/api/postbacks/'.length);
      await server.find.findProjectByKey(key);
      const spied = vi.spyOn(database(), 'run');
      expect((await next.find.findProjectByKey(key))?.id).toBe(shop.id);
      expect(spied).not.toHaveBeenCalled();
      next.find.forgetProjects();
      await server.find.findProjectByKey(key);
      expect(spied).toHaveBeenCalledTimes(1);
      spied.mockRestore();
      expect((await post(shop, fields)).status).toBe(200);
    });
  });
});

/** Somebody who may see everything; only `requireStaff` makes one outside of tests. */
function everything(): Access {
  const person = {
    staffId: '00000000-0000-4000-8000-000000000000',
    email: 'o@shop.example',
    name: 'O',
    role: 'owner',
    projects: 'all',
  };
  return person as Access;
}
