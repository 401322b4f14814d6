import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { getEnv } from '@/lib/env';

/** One delivery as it is counted. Each label has few values: providers, outcomes and reasons are closed sets of ours. */
export interface Counted {
  /** Undefined: it belonged to nobody. */
  readonly provider: string | undefined;
  readonly outcome: string;
  readonly reason: string | undefined;
  readonly seconds: number;
}

export interface Metrics {
  readonly registry: Registry;
  count(delivery: Counted): void;
}

/** Up to the moment after which a sender is told to come again. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 7.5];

const SLOT = Symbol.for('tillbell.metrics');
const shared: typeof globalThis & { [SLOT]?: Metrics | null | undefined } = globalThis;

/** One a process: `server.ts` receives and Next shows. Null, and nothing is counted, where no token lets a collector in. */
export function getMetrics(): Metrics | null {
  if (shared[SLOT] === undefined) shared[SLOT] = getEnv().metricsToken === null ? null : make();
  return shared[SLOT];
}

/** For tests that change the setting. */
export function forgetMetrics(): void {
  shared[SLOT] = undefined;
}

function make(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const outcomes = new Counter({
    name: 'tillbell_postbacks_total',
    help: 'Deliveries to notification URLs by how they ended.',
    labelNames: ['provider', 'outcome'],
    registers,
  });
  const reasons = new Counter({
    name: 'tillbell_postbacks_refused_total',
    help: 'Deliveries that were not accepted as sent, by the reason that staff see.',
    labelNames: ['provider', 'outcome', 'reason'],
    registers,
  });
  const duration = new Histogram({
    name: 'tillbell_postback_duration_seconds',
    help: 'From the first byte to the answer, which comes when the write is durable.',
    labelNames: ['provider'],
    buckets: BUCKETS,
    registers,
  });
  return {
    registry,
    count: ({ provider = 'none', outcome, reason, seconds }) => {
      outcomes.inc({ provider, outcome });
      if (reason !== undefined) reasons.inc({ provider, outcome, reason });
      duration.observe({ provider }, seconds);
    },
  };
}
