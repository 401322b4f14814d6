import { sha256Hex } from '@/lib/crypto';
import { type Database, getDatabase, type Statement } from '@/lib/db/client';
import { getEnv } from '@/lib/env';
import { yieldToPriorityWork } from '@/lib/priority';
import { open, seal } from '@/lib/vault';
import { HASHED_KINDS, SEALED_COLUMNS, type SealedColumn, type SealedRow } from './sealed-columns';

export interface Resealed {
  /** Rows that were sealed anew. */
  readonly resealed: number;
  /** Rows that another key than the current one still seals. */
  readonly remaining: number;
}

export interface Progress {
  readonly table: string;
  readonly done: number;
  readonly total: number;
}

/** Rows that somebody else was writing are looked at again, so many times. */
const MOST_PASSES = 10;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Seals everything with the current key that another one sealed. Each batch is one statement that does all of its work
 * or none, so it can be stopped at any moment and begun again, and postbacks may come in meanwhile.
 */
export async function resealAll(said: (progress: Progress) => void = () => {}): Promise<Resealed> {
  const database = await getDatabase();
  const [{ id: keyId }] = getEnv().encryptionKeys;
  let resealed = 0;
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    for (const column of SEALED_COLUMNS) resealed += await resealColumn(database, column, keyId, said);
    const remaining = await countForeign(database, keyId);
    if (remaining === 0) return { resealed, remaining };
  }
  return { resealed, remaining: await countForeign(database, keyId) };
}

/** How many rows another key than this one seals. */
export async function countForeign(database: Database, keyId: string): Promise<number> {
  const counts = await Promise.all(SEALED_COLUMNS.map((column) => countOf(database, column, keyId)));
  return counts.reduce((sum, count) => sum + count, 0);
}

async function countOf(database: Database, column: SealedColumn, keyId: string): Promise<number> {
  const text = `select count(*)::int as count from ${column.table} where ${column.keyId} <> $1::text`;
  const name = `keys_count_${column.table}_${column.column}`;
  const [row] = await database.run<{ count: number }>({ name, text }, [keyId]);
  return row?.count ?? 0;
}

async function resealColumn(
  database: Database,
  column: SealedColumn,
  keyId: string,
  said: (progress: Progress) => void,
): Promise<number> {
  const total = await countOf(database, column, keyId);
  let done = 0;
  for (let after: string | undefined = FIRST_ID; after !== undefined && total > 0; ) {
    const rows: readonly SealedRow[] = await database.run<SealedRow>(readStatement(column), [after, keyId]);
    if (rows.length > 0) {
      const written = await database.run(writeStatement(column), [JSON.stringify(rows.map(toAnew(column))), keyId]);
      done += written.length;
      said({ table: column.table, done, total: Math.max(done, total) });
    }
    after = rows.at(-1)?.id;
    await yieldToPriorityWork();
  }
  return done;
}

/** $1 after this id, $2 the current key's id. */
function readStatement({ table, column, keyId, key, batch, bindsProject }: SealedColumn): Statement {
  return {
    name: `keys_read_${table}_${column}`,
    text: `
      select t.${key}::text as id, encode(t.${column}, 'base64') as sealed, t.${keyId} as key_id,
        ${bindsProject ? 't.project_id::text' : 'null::text'} as project_id
      from ${table} t
      where t.${key} > $1::text::uuid and t.${keyId} <> $2::text and t.${column} is not null
      order by t.${key} limit ${batch}`,
  };
}

/**
 * $1 what was sealed anew, $2 the current key's id. A row that changed since it was read is left for the next pass, and
 * so is one that somebody is writing: nobody waits for a rotation, and it waits for nobody.
 */
function writeStatement({ table, column, keyId, key, terms }: SealedColumn): Statement {
  const kinds = HASHED_KINDS.map((kind) => `'${kind}:'`).join(', ');
  const search = `, search = array_to_tsvector(
        array(select found.lexeme from unnest(t.search) found where left(found.lexeme, 2) not in (${kinds}))
        || array(select json_array_elements_text(x.terms)))`;
  return {
    name: `keys_write_${table}_${column}`,
    text: `
      with x as (
        select * from json_to_recordset($1::json) as x(id uuid, before text, sealed text, terms json)
      ), free as (
        select t.${key} as id from ${table} t join x on x.id = t.${key} order by t.${key} for no key update of t skip locked
      )
      update ${table} t set ${column} = decode(x.sealed, 'base64'), ${keyId} = $2::text${terms ? search : ''}
      from x join free on free.id = x.id
      where t.${key} = x.id and encode(sha256(t.${column}), 'hex') = x.before
      returning t.${key}::text as id`,
  };
}

interface Anew {
  readonly id: string;
  /** SHA-256 of what was read. */
  readonly before: string;
  readonly sealed: string;
  readonly terms: readonly string[];
}

function toAnew(column: SealedColumn): (row: SealedRow) => Anew {
  return (row) => {
    const former = Buffer.from(row.sealed, 'base64');
    const [owner, ...others] = column.owners(row);
    const plain = openAny(former, row.key_id, [owner, ...others]);
    const { sealed } = seal(plain, owner);
    return {
      id: row.id,
      before: sha256Hex(former),
      sealed: Buffer.from(sealed).toString('base64'),
      terms: column.terms?.(plain) ?? [],
    };
  };
}

function openAny(sealed: Uint8Array, keyId: string, owners: readonly string[]): Uint8Array {
  const [owner = '', ...others] = owners;
  try {
    return open({ sealed, keyId }, owner);
  } catch (error) {
    if (others.length === 0) throw error;
    return openAny(sealed, keyId, others);
  }
}
