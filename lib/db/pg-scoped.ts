import pg from 'pg';
import { ENTER_SCOPE } from './scope';

/** What `pg` takes besides text and values. */
export interface ScopedConfig {
  readonly text: string;
  readonly values?: readonly unknown[];
  readonly rowMode?: 'array';
  readonly types?: pg.CustomTypesConfig;
}

/**
 * One read under row security. The statement that enters the scope travels in front of it without a Sync between, so
 * that both are one transaction to PostgreSQL and one round trip to us.
 */
export async function runScoped(
  pool: pg.Pool,
  scope: readonly string[],
  config: ScopedConfig,
): Promise<pg.QueryArrayResult> {
  const client = await pool.connect();
  try {
    return await send(client, scope, config);
  } finally {
    client.release();
  }
}

type Results = pg.QueryArrayResult | readonly pg.QueryArrayResult[];

function send(client: pg.PoolClient, scope: readonly string[], config: ScopedConfig): Promise<pg.QueryArrayResult> {
  return new Promise((resolve, reject) => {
    const callback = (error: Error | null, results: Results): void => {
      const result = error ? undefined : [results].flat().at(-1);
      if (result) resolve(result);
      else reject(error ?? new Error('PostgreSQL answered nothing.'));
    };
    const { text, values = [], rowMode, types } = config;
    // Without a name: a plan that is kept would be made anew whenever the role changes.
    const options = { text, values: [...values], rowMode, types, queryMode: 'extended', callback };
    const query = new pg.Query(options);
    const submit = query.submit.bind(query);
    query.submit = (connection) => {
      // Held back until all of it is there, as `pg` does with its own.
      connection.stream.cork();
      connection.parse({ name: '', text: ENTER_SCOPE, types: [] }, true);
      connection.bind({ values: [...scope] }, true);
      connection.execute({}, true);
      const said = submit(connection);
      connection.stream.uncork();
      return said;
    };
    client.query(query);
  });
}
