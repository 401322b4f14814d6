import pg from 'pg';

/** What `pg` takes besides text and values. */
export interface QueryConfig {
  readonly text: string;
  readonly values?: readonly unknown[];
  readonly name?: string;
  readonly rowMode?: 'array';
  readonly types?: pg.CustomTypesConfig;
}

export interface Preceding {
  readonly text: string;
  readonly values: readonly string[];
}

type Results = pg.QueryArrayResult | readonly pg.QueryArrayResult[];

/**
 * One statement with others in front of it, on the same way to the server and without a Sync between, so that all are one
 * transaction to PostgreSQL and one round trip to us.
 */
export function queryAfter(
  client: pg.PoolClient,
  preceding: readonly Preceding[],
  config: QueryConfig,
): Promise<pg.QueryArrayResult> {
  return new Promise((resolve, reject) => {
    const callback = (error: Error | null, results: Results): void => {
      const result = error ? undefined : [results].flat().at(-1);
      if (result) resolve(result);
      else reject(error ?? new Error('PostgreSQL answered nothing.'));
    };
    const { text, values = [], rowMode, types } = config;
    // Without a name: a plan that is kept would be made anew whenever the role changes, and is not there in another session.
    const options = { text, values: [...values], rowMode, types, queryMode: 'extended', callback };
    const query = new pg.Query(options);
    const submit = query.submit.bind(query);
    query.submit = (connection) => {
      // Held back until all of it is there, as `pg` does with its own.
      connection.stream.cork();
      for (const { text, values } of preceding) {
        connection.parse({ name: '', text, types: [] }, true);
        connection.bind({ values: [...values] }, true);
        connection.execute({}, true);
      }
      const said = submit(connection);
      connection.stream.uncork();
      return said;
    };
    client.query(query);
  });
}
