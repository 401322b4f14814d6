import { createHash } from 'node:crypto';
import { getDatabase } from '@/lib/db/client';

/** Whether the audit log is what was written, or the first row that is not. */
export type Verdict =
  | { readonly holds: true; readonly entries: number; readonly head: string }
  | {
      readonly holds: false;
      /** `removed`: a row that the chain knows is gone; `inserted`: the chain knows nothing of a row. */
      readonly why: 'changed' | 'removed' | 'inserted' | 'head_missing';
      /** In the chain; null for a row that is in none. */
      readonly position: number | null;
      readonly entryId: string | null;
      readonly at: string | null;
    };

interface Link {
  readonly position: string;
  readonly entry_id: string;
  readonly previous_hash: string;
  readonly hash: string;
  readonly at: string | null;
  /** Null: there is no such row. */
  readonly content: string | null;
}

/** As many links as are read at once. */
const BATCH = 1_000;

/** What the trigger hashes, said again here: a function that somebody changed must not vouch for itself. */
const LINKS = {
  name: 'audit_links',
  text: `
    select c.position::text as position, c.entry_id::text as entry_id, encode(c.previous_hash, 'hex') as previous_hash,
      encode(c.hash, 'hex') as hash, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
      case when a.id is not null then jsonb_build_array(
        c.position, a.id, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), a.staff_id, a.role,
        a.project_id, a.action, a.object, a.before, a.after, a.detail, a.address, a.request_id)::text end as content
    from audit_chain c left join audit_log a on a.id = c.entry_id
    where c.position > $1::bigint order by c.position limit ${BATCH}`,
};

const LOOSE = {
  name: 'audit_rows_in_no_chain',
  text: `
    select a.id::text as id, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
    from audit_log a where not exists (select from audit_chain c where c.entry_id = a.id)
    order by a.at, a.id limit 1`,
};

const START = '00'.repeat(32);

/**
 * Walks the whole chain. Who could also write the chain anew can only be told by a `head` that was noted before: it
 * must still be in it.
 */
export async function verifyAudit(noted: string | null = null): Promise<Verdict> {
  const database = await getDatabase();
  let position = 0;
  let head = START;
  let found = noted === null;
  for (;;) {
    const links = await database.run<Link>(LINKS, [String(position)]);
    for (const link of links) {
      const why = brokenBy(link, position + 1, head);
      if (why) return broken(why, link);
      position += 1;
      head = link.hash;
      found ||= head === noted;
    }
    if (links.length < BATCH) break;
  }
  const [loose] = await database.run<{ id: string; at: string }>(LOOSE, []);
  if (loose) return { holds: false, why: 'inserted', position: null, entryId: loose.id, at: loose.at };
  if (!found) return { holds: false, why: 'head_missing', position, entryId: null, at: null };
  return { holds: true, entries: position, head };
}

function brokenBy(link: Link, expected: number, previous: string): 'changed' | 'removed' | null {
  if (Number(link.position) !== expected || link.content === null) return 'removed';
  const hash = createHash('sha256').update(Buffer.from(previous, 'hex')).update(link.content).digest('hex');
  return link.previous_hash === previous && link.hash === hash ? null : 'changed';
}

/** A missing link is told by the one after it. */
function broken(why: 'changed' | 'removed', link: Link): Verdict {
  return { holds: false, why, position: Number(link.position), entryId: link.entry_id, at: link.at };
}
