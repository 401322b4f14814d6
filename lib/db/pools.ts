import type { Limits } from './client';

/**
 * How many connections each kind of work may take at most, of the hundred or so that a database has for everybody.
 * They do not lend each other any: while screens wait for theirs, postbacks do not.
 */
export const BUDGET = {
  /** Screens and everything else. */
  screens: 8,
  /** Two writes under way, and the look-ups and refusals beside them. */
  postbacks: 4,
  /** One for each export that runs. */
  scans: 4,
} as const;

/** Whatever asks waits no longer than this for a connection, whether none is free or none can be made. */
export const CONNECT_MS = 3_000;
export const STATEMENT_MS = 7_000;

/** What every pool of connections has in common, whichever library makes it. */
export function poolSettings(limits: Limits): {
  readonly max: number;
  readonly maxLifetimeSeconds: number;
  readonly connectionTimeoutMillis: number;
  readonly query_timeout: number;
  readonly application_name: string;
} {
  return {
    max: limits.connections ?? BUDGET.screens,
    // A plan is kept with its connection: no longer than this after the tables have grown out of it.
    maxLifetimeSeconds: 60,
    connectionTimeoutMillis: limits.connectMs ?? CONNECT_MS,
    // The server cannot tell us about its limit when the network between is gone.
    query_timeout: (limits.statementMs ?? STATEMENT_MS) + 500,
    application_name: 'tillbell',
  };
}

interface Emitter {
  on(event: 'error', listener: () => void): unknown;
}

interface Pool extends Emitter {
  on(event: 'error', listener: () => void): unknown;
  on(event: 'connect', listener: (client: Emitter) => void): unknown;
}

/** Without listeners a restarting database ends the process; the pool drops the client and the next query says more. */
export function survive<Kind extends Pool>(pool: Kind): Kind {
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}
