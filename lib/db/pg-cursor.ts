import { BATCH, type Batches, type Query } from './scan';
import { ENTER_SCOPE } from './scope';
import { settleTransaction } from './session-settings';
import { fromDriver } from './unavailable';
import { readerOf, toText } from './values';

const STATEMENT_MS = 60_000;

/** For a transaction that reads in batches at the pace of a download. */
const SETTINGS = `
  select
    -- Longer than a download may lie unread, which breaks it off first; the last resort where this process stands still.
    set_config('idle_in_transaction_session_timeout', '2min', true),
    -- The first rows at once rather than all of them a little sooner: along an index, without a sort.
    set_config('cursor_tuple_fraction', '0.0001', true), set_config('jit', 'off', true)`;

const noop = (): void => {};

/** One connection for as long as its cursor is read. */
export interface CursorSession {
  query(text: string, values?: (string | null)[]): Promise<unknown>;
  fetch(query: RowsQuery): Promise<readonly unknown[]>;
  /** For good: the next cursor has another, and a statement that still runs is cut off. */
  end(): void;
}

export interface RowsQuery {
  readonly text: string;
  readonly types: { readonly getTypeParser: typeof readerOf };
}

/** Every row as of one moment, through a cursor on a connection of its own. */
export async function* byCursor<Row>(
  connect: () => Promise<CursorSession>,
  query: Query,
  scope: readonly string[] | null = null,
): Batches<Row> {
  let session: CursorSession | undefined;
  try {
    session = await connect();
    await session.query('begin transaction isolation level repeatable read, read only');
    await session.query(settleTransaction(STATEMENT_MS));
    await session.query(SETTINGS);
    if (scope) await session.query(ENTER_SCOPE, [...scope]);
    await session.query(`declare rows no scroll cursor for ${query.text}`, query.parameters.map(toText));
    let reading = fetch<Row>(session);
    for (;;) {
      const rows = await reading;
      if (rows.length === 0) return;
      // The next batch is on its way while this one is worked on; whoever stops in between never asks how it went.
      reading = fetch<Row>(session);
      reading.catch(noop);
      yield rows;
    }
  } catch (error) {
    throw fromDriver(error);
  } finally {
    session?.end();
  }
}

/** The server cannot tell us about its own limit when the network between is gone. */
const SILENT_MS = 65_000;

async function fetch<Row>(session: CursorSession): Promise<readonly Row[]> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('No rows came for a minute.')), SILENT_MS);
  });
  try {
    const fetching = session.fetch({ text: `fetch ${BATCH} from rows`, types: { getTypeParser: readerOf } });
    // What a statement returns is its author's promise.
    return (await Promise.race([fetching, silence])) as readonly Row[];
  } finally {
    clearTimeout(timer);
  }
}
