import pg from 'pg';
import { BATCH, type Batches, type Query } from './scan';
import { fromDriver } from './unavailable';
import { readerOf, toText } from './values';

/** For a transaction that reads in batches at the pace of a download. */
const SETTINGS = `
  select set_config('statement_timeout', '60000', true),
    -- A reader that has stopped reading must not hold back the upkeep of the tables for ever.
    set_config('idle_in_transaction_session_timeout', '600000', true),
    -- The first rows at once rather than all of them a little sooner: along an index, without a sort.
    set_config('cursor_tuple_fraction', '0.0001', true), set_config('jit', 'off', true)`;

const noop = (): void => {};

/** Every row as of one moment, through a cursor on a connection of its own: a long download takes none from the pool. */
export async function* byCursor<Row>(config: pg.ClientConfig, query: Query, size = BATCH): Batches<Row> {
  const client = new pg.Client({ ...config, query_timeout: 65_000 });
  client.on('error', noop);
  try {
    await client.connect();
    await client.query('begin transaction isolation level repeatable read, read only');
    await client.query(SETTINGS);
    await client.query(`declare rows no scroll cursor for ${query.text}`, query.parameters.map(toText));
    const read = (): Promise<pg.QueryResult> => {
      const reading = client.query({ text: `fetch ${size} from rows`, types: { getTypeParser: readerOf } });
      // Whoever stops in between never asks how it went.
      reading.catch(noop);
      return reading;
    };
    let reading = read();
    for (;;) {
      const { rows } = await reading;
      if (rows.length === 0) return;
      // The next batch is on its way while this one is worked on.
      reading = read();
      yield rows;
    }
  } catch (error) {
    throw fromDriver(error);
  } finally {
    // Also cuts off a statement that still runs.
    await client.end().catch(noop);
  }
}
