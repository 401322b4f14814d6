// biome-ignore-all lint/style/noRestrictedImports: a process of its own, which looks behind the product at all it has kept.
import { closeDatabase, getDatabase } from '@/lib/db/client';

/** Run as a process of its own: every table of the deployment named by its settings, each row as PostgreSQL prints it. */
const database = await getDatabase();
const tables = await database.run<{ name: string }>(
  {
    name: 'dump_tables',
    text: `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE' order by 1`,
  },
  [],
);
const rows: Record<string, readonly string[]> = {};
for (const { name } of tables) {
  const found = await database.run<{ row: string }>({ name: null, text: `select t::text as row from ${name} t` }, []);
  rows[name] = found.map(({ row }) => row);
}
await closeDatabase();
process.stdout.write(JSON.stringify(rows));
