import type { Database } from '@/lib/db/client';
import { believedRows, forgetBelieved, linkAgain } from '@/lib/postbacks/believed-rows.testing';
import { replay } from '@/lib/postbacks/replay';
import { readJournal } from './journal';
import { type Contents, keyedContents } from './keyed-contents';
import type { Question, Verdict } from './oracle-messages';
import { contradictions } from './oracle-queries';
import type { Expected } from './stories';

/** Making more of them again, each durably, would take longer than the row. */
const MOST_FROM_NOTHING = 3_000;

/** Whether all that was promised is there, and once. The database is thrown away afterwards: what is believed is made again. */
export async function judge(database: Database, question: Question): Promise<Verdict> {
  const journal = await keyedContents(database, readJournal(question.journal));
  const sent = await keyedContents(database, new Map(Object.entries(question.sent)));
  const kept = await countsByContent(database);
  const broken = [
    ...heard(journal, kept, sent),
    ...(await contradictions(database)),
    ...(await asExpected(database, question.expected)),
  ];
  const acknowledged = [...journal.values()].reduce((sum, times) => sum + times, 0);
  const inLedger = [...kept.values()].reduce((sum, times) => sum + times, 0);
  const [row] = await ask<{ count: number }>(database, 'select count(*)::int as count from invoices');
  const invoices = row?.count ?? 0;
  const { replayed, differing } = await asReplayed(database, invoices);
  return { acknowledged, invoices, replayed, unanswered: inLedger - acknowledged, broken: [...broken, ...differing] };
}

function ask<Row>(database: Database, statement: string): Promise<Row[]> {
  return database.run<Row>({ name: null, text: statement }, []);
}

/** How often each content was taken in. */
async function countsByContent(database: Database): Promise<Contents> {
  const rows = await ask<{ content: string; count: number }>(
    database,
    `select encode(content_key, 'hex') as content, count(*)::int as count from postbacks
      where content_key is not null and outcome <> 'incomplete' group by 1`,
  );
  return new Map(rows.map(({ content, count }) => [content, count]));
}

/** The journal is part of the ledger, and the ledger of what was sent. */
function heard(journal: Contents, kept: Contents, sent: Contents): readonly string[] {
  const lost = [...journal].filter(([content, times]) => (kept.get(content) ?? 0) < times);
  const foreign = [...kept].filter(([content, times]) => times > (sent.get(content) ?? 0));
  return [
    ...(lost.length > 0 ? [`${lost.length} contents were acknowledged oftener than they are in the ledger`] : []),
    ...(foreign.length > 0 ? [`${foreign.length} contents are in the ledger oftener than they were sent`] : []),
  ];
}

async function asExpected(database: Database, expected: readonly Expected[]): Promise<readonly string[]> {
  const rows = await ask<{ project: string; invoice: string; transactions: string[] }>(
    database,
    `select i.project_id::text as project, i.provider_invoice_id as invoice, array(select t.kind || ' ' || t.amount::text
        || ' ' || coalesce(t.currency, '-') from transactions t where t.invoice_id = i.id order by 1) as transactions
       from invoices i`,
  );
  const found = new Map(
    rows.map(({ project, invoice, transactions }) => [`${project} ${invoice}`, transactions.join(', ')]),
  );
  const wrong = expected.filter((each) => found.get(`${each.project} ${each.invoice}`) !== each.transaction);
  const [first] = wrong;
  if (!first) return [];
  const has = found.get(`${first.project} ${first.invoice}`) ?? 'nothing';
  return [`${wrong.length} invoices are not as sent: ${first.invoice} should have ${first.transaction} and has ${has}`];
}

/** What is believed is what a replay of the ledger believes, with what is there and from nothing, row for row. */
async function asReplayed(
  database: Database,
  invoices: number,
): Promise<{ replayed: number; differing: readonly string[] }> {
  const projects = await ask<{ id: string }>(database, 'select id::text as id from projects');
  const rows = (): Promise<string[]> =>
    Promise.all(projects.map(async ({ id }) => JSON.stringify(await believedRows(database, { id }))));
  const { replayed, changed } = await replay({ database });
  const known = changed > 0 ? [`a replay changed ${changed} invoices`] : [];
  if (invoices > MOST_FROM_NOTHING) return { replayed, differing: known };
  const before = await rows();
  await forgetBelieved(database);
  await replay({ database });
  await linkAgain(database);
  const after = await rows();
  const differing = before.filter((text, index) => text !== after[index]).length;
  return {
    replayed,
    differing: [...known, ...(differing > 0 ? [`${differing} projects are otherwise when replayed from nothing`] : [])],
  };
}
