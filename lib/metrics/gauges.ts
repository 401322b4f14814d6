import { Gauge, type Registry } from 'prom-client';
import { getDatabase } from '@/lib/db/client';
import { openStreams } from '@/lib/live';
import { gatheredLoad } from '@/lib/postbacks/record';
import { getMetrics } from './receiver';

/** Looked up when somebody asks, never while a postback is received. */
const GAUGES = [
  {
    name: 'tillbell_postbacks_waiting',
    help: 'Authentic postbacks that wait for a write.',
    read: async (gauge: Gauge): Promise<void> => gauge.set((await load()).waiting),
  },
  {
    name: 'tillbell_postback_writes',
    help: 'Writes of postbacks that are under way.',
    read: async (gauge: Gauge): Promise<void> => gauge.set((await load()).writing),
  },
  {
    name: 'tillbell_live_streams',
    help: 'Screens that listen for changes.',
    read: async (gauge: Gauge): Promise<void> => gauge.set(openStreams()),
  },
] as const;

async function load(): Promise<ReturnType<typeof gatheredLoad>> {
  return gatheredLoad(await getDatabase());
}

/** What the collector reads; null where there is no token. */
export async function metricsText(): Promise<{ readonly type: string; readonly text: string } | null> {
  const metrics = getMetrics();
  if (metrics === null) return null;
  const { registry } = metrics;
  for (const { name, help, read } of GAUGES) {
    if (registry.getSingleMetric(name)) continue;
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        await quietly(this, read);
      },
    });
  }
  addConnections(registry);
  return { type: registry.contentType, text: await registry.metrics() };
}

function addConnections(registry: Registry): void {
  const name = 'tillbell_database_connections';
  if (registry.getSingleMetric(name)) return;
  new Gauge({
    name,
    help: 'Connections of the pool to PostgreSQL, and queries that wait for one.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      await quietly(this, async (gauge) => {
        const use = (await getDatabase()).poolUse?.();
        if (use) for (const state of ['open', 'idle', 'waiting'] as const) gauge.set({ state }, use[state]);
      });
    },
  });
}

/** A database that is away must not take the other figures along. */
async function quietly<Name extends string>(
  gauge: Gauge<Name>,
  read: (gauge: Gauge<Name>) => Promise<void>,
): Promise<void> {
  try {
    await read(gauge);
  } catch {
    gauge.reset();
  }
}
