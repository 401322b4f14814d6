import pg from 'pg';
import { BATCH, type Batches, type Query } from './scan';
import { ENTER_SCOPE } from './scope';
import { fromDriver } from './unavailable';
import { readerOf, toText } from './values';

/** For a transaction that reads in batches at the pace of a download. */
const SETTINGS = `
  select set_config('statement_timeout', '60000', true),
    -- A reader who has stopped reading must not hold back the upkeep of the tables for ever.
    set_config('idle_in_transaction_session_timeout', '600000', true),
    -- The first rows at once rather than all of them a little sooner: along an index, without a sort.
    set_config('cursor_tuple_fraction', '0.0001', true), set_config('jit', 'off', true)`;

const noop = (): void => {};

/** Every row as of one moment, through a cursor on a connection of its own: a long download takes none from the pool. */
export async function* byCursor<Row>(
  config: pg.ClientConfig,
  query: Query,
  scope: readonly string[] | null = null,
): Batches<Row> {
  const client = new pg.Client({ ...config, query_timeout: 0 });
  client.on('error', noop);
  try {
    await client.connect();
    await client.query('begin transaction isolation level repeatable read, read only');
    await client.query(SETTINGS);
    if (scope) await client.query(ENTER_SCOPE, [...scope]);
    await client.query(`declare rows no scroll cursor for ${query.text}`, query.parameters.map(toText));
    let reading = fetch<Row>(client);
    for (;;) {
      const rows = await reading;
      if (rows.length === 0) return;
      // The next batch is on its way while this one is worked on; whoever stops in between never asks how it went.
      reading = fetch<Row>(client);
      reading.catch(noop);
      yield rows;
    }
  } catch (error) {
    throw fromDriver(error);
  } finally {
    // Also cuts off a statement that still runs.
    await client.end().catch(noop);
  }
}

/** The server cannot tell us about its own limit when the network between is gone. */
const SILENT_MS = 65_000;

/** Row by row: the results of `client.query` outlive their batch, and those of a million rows take 50 MB more. */
function fetch<Row>(client: pg.Client): Promise<readonly Row[]> {
  return new Promise((resolve, reject) => {
    const rows: Row[] = [];
    const silent = setTimeout(() => reject(new Error('No rows came for a minute.')), SILENT_MS);
    const fetching = new pg.Query<Row & pg.QueryResultRow>({
      text: `fetch ${BATCH} from rows`,
      types: { getTypeParser: readerOf },
    });
    fetching.on('row', (row) => void rows.push(row));
    fetching.once('end', () => {
      clearTimeout(silent);
      resolve(rows);
    });
    fetching.once('error', (error) => {
      clearTimeout(silent);
      reject(error);
    });
    client.query(fetching);
  });
}
