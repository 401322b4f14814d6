import { getDatabase } from '@/lib/db/client';
import { storedState } from '@/lib/postbacks/ledger';
import { ALL_PEOPLE, queriesByKind } from '@/lib/search/query';
import { type Access, may } from '@/lib/staff/access';
import { type Identity, identityOf, joinIdentities, personKey } from './person';

/** More are no one person's; whoever looks has to say more. */
const MOST_INVOICES = 200;

export interface FoundPerson {
  readonly identity: Identity;
  readonly invoices: readonly string[];
  /** Raw bodies that go. */
  readonly bodies: number;
  readonly projects: readonly string[];
}

export interface FoundPeople {
  readonly people: readonly FoundPerson[];
  /** There are more invoices than were looked at. */
  readonly more: boolean;
}

interface Row {
  readonly id: string;
  readonly payload: string;
  readonly sealed: string;
  readonly key_id: string;
  readonly project: string;
  readonly bodies: number;
}

const FIND = {
  name: 'erase_find',
  text: `
    select i.id::text as id, i.state::text as payload, encode(i.people, 'base64') as sealed, i.encryption_key_id as key_id,
      p.name as project,
      (select count(*) from postbacks b where b.invoice_id = i.id and b.body is not null)::int as bodies
    from invoices i join projects p on p.id = i.project_id
    where i.search @@ $1::tsquery and i.people is not null and ($2::boolean or i.project_id::text = any ($3::text[]))
    order by i.created_at desc, i.id desc limit ${MOST_INVOICES + 1}`,
};

/** Whom a phone, an e-mail address or a name finds, each with what is known of them. Only for owners. */
export async function findPeople(access: Access, text: string): Promise<FoundPeople> {
  const none = { people: [], more: false };
  if (!may(access, 'managePeopleData')) return none;
  const queries = queriesByKind(text, ALL_PEOPLE);
  const asked = (['phone', 'email', 'name'] as const).flatMap((kind) => queries.get(kind)?.query ?? []);
  if (asked.length === 0) return none;
  const database = await getDatabase();
  const all = access.projects === 'all';
  const query = asked.map((one) => `(${one})`).join(' | ');
  const rows = await database.run<Row>(FIND, [query, all, access.projects === 'all' ? [] : access.projects]);
  return { people: grouped(rows.slice(0, MOST_INVOICES)), more: rows.length > MOST_INVOICES };
}

function grouped(rows: readonly Row[]): readonly FoundPerson[] {
  const groups = new Map<string, { identities: Identity[]; rows: Row[] }>();
  for (const row of rows) {
    const identity = identityOf(storedState(row.id, row).people);
    const key = personKey(identity);
    const group = groups.get(key) ?? { identities: [], rows: [] };
    group.identities.push(identity);
    group.rows.push(row);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ identities, rows: own }) => ({
    identity: joinIdentities(identities),
    invoices: own.map(({ id }) => id),
    bodies: own.reduce((sum, { bodies }) => sum + bodies, 0),
    projects: [...new Set(own.map(({ project }) => project))].sort(),
  }));
}
