import { createHmac } from 'node:crypto';
import { and, type SQL, sql } from 'drizzle-orm';
import { type Database, getDatabase } from '@/lib/db/client';
import { invoices } from '@/lib/db/schema';
import { getEnv } from '@/lib/env';
import { inProjects } from '@/lib/projects/scope';
import type { Asked, Permission } from '@/lib/query-string';
import { type Access, may } from '@/lib/staff/access';
import {
  ALL_PEOPLE,
  NO_PEOPLE,
  type PeopleAsked,
  peopleAskedBy,
  type ShortPhone,
  shortPhonesIn,
  wholeOrderQuery,
} from './query';

/**
 * Whoever sees customers masked may find them by what they say, but not try out phones and names until one fits. Every way
 * of asking (search, lists, files) comes through here; a query that did not looks through no customer data.
 */

export const MAX_LOOKUPS = { tenMinutes: 60, day: 300 } as const;
const TEN_MINUTES_S = 600;
const DAY_S = 86_400;
/** More invoices than this are not identified by what they have in common. */
const ONE_ORDER = 5;

export interface AskOptions {
  /** A page is drawn anew whenever something arrives: the same text within ten minutes is then one lookup. */
  readonly repeats: 'count' | 'are free';
  readonly now?: Date;
}

/** Of somebody who has no permission yet: whoever has a quota looks through no customer data. */
export function askedOf(access: Access, permission?: Permission): Asked {
  return permission?.asked ?? (may(access, 'searchPeopleFreely') ? ALL_PEOPLE : NO_PEOPLE);
}

/** What a member may look for with this text. What they look for is counted before anything is looked up. */
export async function askForPeople(access: Access, text: string, options: AskOptions): Promise<Permission> {
  if (text.trim() === '' || !may(access, 'seePeople')) return { asked: NO_PEOPLE, blockedUntil: null };
  if (may(access, 'searchPeopleFreely')) return { asked: ALL_PEOPLE, blockedUntil: null };
  const own = await withoutOrders(access, text, peopleAskedBy(text));
  const short = own.phone.length > 0 ? [] : await ofOneOrder(shortPhonesIn(text));
  const counts: Counts = {
    phone: own.phone.length + short.length,
    email: own.email.length,
    name: own.name.length,
  };
  const key = keyOf([...own.phone, ...own.email, ...own.name, ...short.map(({ term, order }) => `${term} ${order}`)]);
  const blockedUntil = await take(access, counts, key, options);
  if (blockedUntil !== null) return { asked: NO_PEOPLE, blockedUntil };
  const ofOrder = short.map(({ query, order }) => `((${query}) & (${wholeOrderQuery(order)}))`).join(' | ');
  return {
    asked: {
      people: 'limited',
      ...(own.isOrder ? { phones: false } : {}),
      ...(ofOrder === '' ? {} : { ofOrder }),
    },
    blockedUntil: null,
  };
}

/** A number that is an order, an invoice or a parcel of theirs is looked for as that and as no phone. */
async function withoutOrders(
  access: Access,
  text: string,
  asked: PeopleAsked,
): Promise<PeopleAsked & { readonly isOrder: boolean }> {
  const query = asked.phone.length > 0 ? wholeOrderQuery(text) : null;
  const isOrder = query !== null && (await count(query, 1, inProjects(access, invoices.projectId))) > 0;
  return { ...asked, phone: isOrder ? [] : asked.phone, isOrder };
}

/** Four digits of a phone are looked for only beside what identifies the order. */
async function ofOneOrder(phones: readonly ShortPhone[]): Promise<readonly ShortPhone[]> {
  const identified = await Promise.all(
    phones.map(async ({ order }) => {
      const query = wholeOrderQuery(order);
      const found = query === null ? 0 : await count(query, ONE_ORDER + 1);
      return found > 0 && found <= ONE_ORDER;
    }),
  );
  return phones.filter((_, index) => identified[index]);
}

/** How many invoices a query finds, no further than `limit`. */
async function count(query: string, limit: number, condition?: SQL): Promise<number> {
  const { orm } = await getDatabase();
  const found = and(sql`search @@ ${query}::tsquery`, condition);
  const rows = await orm.select({ one: sql<number>`1` }).from(invoices).where(found).limit(limit);
  return rows.length;
}

type Kind = 'phone' | 'email' | 'name';
type Counts = Readonly<Record<Kind, number>>;

function keyOf(terms: readonly string[]): string {
  return createHmac('sha256', getEnv().authSecret)
    .update(`lookups ${JSON.stringify([...terms].sort())}`)
    .digest('base64url')
    .slice(0, 16);
}

/** Of one member's lookups, those of the last so many seconds. */
const sumOf = (seconds: number): string => `
  (select coalesce(sum((e ->> 'n')::int), 0) from jsonb_array_elements(l.lookups) e
   where (e ->> 'at')::numeric > $4::numeric - ${seconds})`;

/**
 * $1 member, $2 how many, $3 key, $4 Unix seconds, $5 counts by kind, $6 address. One statement: the second of two at once
 * waits for the row and sees the first.
 */
const TAKE = {
  name: 'people_lookups_take',
  text: `
    with taken as (
      insert into people_lookups as l (staff_id, lookups)
      values ($1::uuid, jsonb_build_array(jsonb_build_object('at', $4::numeric, 'n', $2::int, 'key', $3::text)))
      on conflict (staff_id) do update set lookups = excluded.lookups || (
        select coalesce(jsonb_agg(e), '[]') from jsonb_array_elements(l.lookups) e
        where (e ->> 'at')::numeric > $4::numeric - ${DAY_S})
      where ${sumOf(TEN_MINUTES_S)} + $2::int <= ${MAX_LOOKUPS.tenMinutes}
        and ${sumOf(DAY_S)} + $2::int <= ${MAX_LOOKUPS.day}
      returning 1
    ), counted as (
      insert into people_lookup_counts as c (staff_id, kind, since, count, address)
      select $1::uuid, k.key, to_timestamp(floor($4::numeric / ${TEN_MINUTES_S}) * ${TEN_MINUTES_S}), k.value::int, $6::text
      from jsonb_each_text($5::jsonb) k where k.value::int > 0 and exists (select from taken)
      on conflict (staff_id, kind, since) do update set count = c.count + excluded.count, address = excluded.address
    )
    select exists (select from taken) as taken`,
};

const READ = {
  name: 'people_lookups_read',
  text: `select lookups::text as lookups from people_lookups where staff_id = $1::uuid`,
};

interface Lookup {
  readonly at: number;
  readonly n: number;
  readonly key: string;
}

/** Null: counted, or nothing to count; else when it will be possible. */
async function take(access: Access, counts: Counts, key: string, options: AskOptions): Promise<Date | null> {
  const cost = Object.values(counts).reduce((sum, one) => sum + one, 0);
  if (cost === 0) return null;
  const database = await getDatabase();
  const now = options.now ?? new Date();
  const seconds = now.getTime() / 1000;
  if (options.repeats === 'are free' && isRepeated(await read(database, access), key, seconds)) return null;
  const parameters = [access.staffId, cost, key, seconds, JSON.stringify(counts), access.address];
  const [row] = await database.run<{ taken: boolean }>(TAKE, parameters);
  if (row?.taken) {
    await recordLookups(now);
    return null;
  }
  // At its limit: the owner need not wait for the end of the ten minutes.
  await recordLookups(now, access.staffId);
  return freeAt(await read(database, access), cost, seconds);
}

async function read(database: Database, access: Access): Promise<readonly Lookup[]> {
  const [row] = await database.run<{ lookups: string }>(READ, [access.staffId]);
  return row ? (JSON.parse(row.lookups) as Lookup[]) : [];
}

/** Whoever is at the limit gets no answer, to a text they know neither. */
function isRepeated(lookups: readonly Lookup[], key: string, now: number): boolean {
  const since = (seconds: number): readonly Lookup[] => lookups.filter(({ at }) => at > now - seconds);
  const isFull = sum(since(TEN_MINUTES_S)) >= MAX_LOOKUPS.tenMinutes || sum(since(DAY_S)) >= MAX_LOOKUPS.day;
  return !isFull && since(TEN_MINUTES_S).some((one) => one.key === key);
}

function sum(lookups: readonly Lookup[]): number {
  return lookups.reduce((total, { n }) => total + n, 0);
}

/** When enough of them are over. */
function freeAt(lookups: readonly Lookup[], cost: number, now: number): Date {
  const within = (seconds: number, most: number): number => {
    const oldestFirst = lookups.filter(({ at }) => at > now - seconds).sort((a, b) => a.at - b.at);
    let left = sum(oldestFirst);
    let free = now;
    for (const { at, n } of oldestFirst) {
      if (left + cost <= most) break;
      left -= n;
      free = at + seconds;
    }
    return free;
  };
  const seconds = Math.max(within(TEN_MINUTES_S, MAX_LOOKUPS.tenMinutes), within(DAY_S, MAX_LOOKUPS.day));
  return new Date(Math.ceil(seconds) * 1000);
}

/** $1 Unix seconds, $2 a member whose present ten minutes are recorded as well. Half a minute for what is under way. */
const RECORD = {
  name: 'people_lookups_record',
  text: `
    with over as (
      delete from people_lookup_counts where (staff_id, kind, since) in (
        select staff_id, kind, since from people_lookup_counts
        where since <= to_timestamp($1::numeric - ${TEN_MINUTES_S + 30}) or staff_id = $2::uuid
        for update skip locked)
      returning staff_id, kind, since, count, address
    )
    insert into audit_log (staff_id, action, object, address, detail)
    select staff_id, 'people.search', kind, address, jsonb_build_object('count', count, 'since', since, 'minutes', 10)
    from over order by since, kind`,
};

/** An audit entry for each member, kind and ten minutes that are over. Whoever shows the audit log calls it first. */
export async function recordLookups(now: Date = new Date(), staffId: string | null = null): Promise<void> {
  const database = await getDatabase();
  await database.run(RECORD, [now.getTime() / 1000, staffId]);
}
