import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { is, SQL, sql } from 'drizzle-orm';
import { getTableConfig, PgDialect, PgTable } from 'drizzle-orm/pg-core';
import * as schema from '@/lib/db/schema';

/** Writes docs/tables.md: the tables of the schema and their relations. A test compares it with the schema. */

const SCHEMA = fileURLToPath(new URL('../lib/db/schema', import.meta.url));
const INTRODUCTION =
  'Made from `lib/db/schema` by `npm run docs:tables`; a test compares the two. The schema has comments on single columns.';
const dialect = new PgDialect();

interface Table extends ReturnType<typeof getTableConfig> {
  readonly comment: string;
}

interface Reference {
  readonly from: string;
  readonly to: string;
  readonly toTable: string;
}

export function describeTables(): string {
  const comments = readComments();
  const tables = Object.entries(schema)
    .flatMap(([name, table]): Table[] =>
      is(table, PgTable) ? [{ ...getTableConfig(table), comment: comments.get(name) ?? '' }] : [],
    )
    .sort((one, other) => one.name.localeCompare(other.name));
  const relations = tables.flatMap((table) =>
    referencesOf(table).map(({ from, toTable }) => `  ${toTable} ||--o{ ${table.name} : "${from}"`),
  );
  const drawing = ['```mermaid', 'erDiagram', ...relations, '```'].join('\n');
  return `${['# Tables', INTRODUCTION, drawing, ...tables.map(describeTable)].join('\n\n')}\n`;
}

function describeTable(table: Table): string {
  const keys = new Set(table.primaryKeys.flatMap(({ columns }) => columns.map(({ name }) => name)));
  const references = new Map(referencesOf(table).map((reference) => [reference.from, reference]));
  const rows = table.columns.map((column) => {
    const { name, primary, notNull, isUnique, default: value } = column;
    const { to, toTable } = references.get(name) ?? {};
    const isKey = primary || keys.has(name);
    const notes = [isKey && 'primary key', isUnique && 'unique', to && `→ \`${toTable}.${to}\``].filter(Boolean);
    const cells = [`\`${name}\``, column.getSQLType(), notNull || isKey ? '' : 'null', textOf(value), notes.join(', ')];
    return `| ${cells.join(' | ')} |`;
  });
  const indexes = table.indexes.map(({ config }) => {
    const columns = config.columns
      .map((column) => ('name' in column ? column.name : sqlText(sql`${column}`)))
      .join(', ');
    const where = config.where ? ` where ${sqlText(config.where)}` : '';
    return `- \`${config.name}\`${config.unique ? ', unique' : ''}: ${config.method} (${columns})${where}`;
  });
  return [
    `## ${table.name}`,
    table.comment,
    ['| column | type | null | default | |', '|---|---|---|---|---|', ...rows].join('\n'),
    indexes.join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function referencesOf({ foreignKeys }: Table): readonly Reference[] {
  return foreignKeys.map((key) => {
    const { columns, foreignTable, foreignColumns } = key.reference();
    const namesOf = (all: readonly { readonly name: string }[]): string => all.map(({ name }) => name).join(', ');
    return { from: namesOf(columns), to: namesOf(foreignColumns), toTable: getTableConfig(foreignTable).name };
  });
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '';
  return `\`${is(value, SQL) ? sqlText(value) : JSON.stringify(value)}\``;
}

function sqlText(statement: SQL): string {
  return dialect.sqlToQuery(statement).sql;
}

/** The comment above each table, by the name of its export. */
function readComments(): ReadonlyMap<string, string> {
  const text = readdirSync(SCHEMA).map((file) => readFileSync(`${SCHEMA}/${file}`, 'utf8'));
  const found = text.join('\n').matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*?)\*\/\nexport const (\w+) = pgTable/g);
  return new Map(
    [...found].map(([, comment = '', name = '']) => [name, comment.replaceAll(/\s*\n\s*\* ?/g, ' ').trim()]),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(fileURLToPath(new URL('../docs/tables.md', import.meta.url)), describeTables());
}
