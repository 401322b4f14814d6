import type pg from 'pg';
import type { Answered } from '../http';
import { CUSTOMER_SEARCH, type Who } from './table';

/** As if every member had searched for customers sixty times just now. */
export async function useUpQuotas(database: pg.Client): Promise<void> {
  await database.query(
    `insert into people_lookups (staff_id, lookups)
     select s.id, jsonb_agg(jsonb_build_object('at', extract(epoch from now()), 'n', 1, 'key', n::text))
     from staff s, generate_series(1, 60) n group by s.id
     on conflict (staff_id) do update set lookups = excluded.lookups`,
  );
}

/** A phone, a name and an e-mail address, in several spellings. */
const CUSTOMERS = ['0671112233', '%20067%20111%2022%2033', 'Kovalenko', '%C2%A0kovalenko%20', 'olena@shop.example'];
const LISTS = ['/invoices', '/transactions', '/deliveries'];
const BLOCKED = 'You have searched for customers very often';

/** The members whose answer is wrong: one whose quota is used up and who still finds customers, or one without a quota who is refused. */
export async function wrongSearches(
  ask: (path: string, who: Who) => Promise<Answered>,
  order: string,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  const expectStatus = async (who: Who, path: string, status: number): Promise<void> => {
    const answer = await ask(path, who);
    if (answer.status !== status) wrong.push(`${who}: ${path} answers ${answer.status}`);
  };
  const { quota, free, none } = CUSTOMER_SEARCH;
  for (const q of CUSTOMERS) {
    for (const who of quota) {
      await expectStatus(who, `/api/search?q=${q}`, 429);
      for (const list of LISTS)
        if (!(await ask(`${list}?q=${q}`, who)).text.includes(BLOCKED)) wrong.push(`${who}: ${list}?q=${q}`);
    }
    for (const who of [...free, ...none]) {
      await expectStatus(who, `/api/search?q=${q}`, 200);
      await expectStatus(who, `/api/exports/invoice_list.csv?q=${q}`, 200);
    }
    const file = await ask(`/api/exports/invoice_list.csv?q=${q}`, 'manager');
    // All sixty were used up a moment ago, so there is room in ten minutes.
    const wait = Number(file.headers['retry-after']);
    if (file.status !== 429 || !(wait > 400 && wait <= 601))
      wrong.push(`manager: a file answers ${file.status}, ${wait} s`);
  }
  for (const who of quota) await expectStatus(who, `/api/search?q=${order}`, 200);
  for (const who of none) {
    const { text } = await ask(`/api/search?q=${encodeURIComponent('Коваленко')}`, who);
    if (!text.includes('"groups":[]')) wrong.push(`${who} finds a customer`);
  }
  return wrong;
}
