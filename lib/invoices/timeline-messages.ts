import { and, desc, eq, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm';
import { databaseFor } from '@/lib/db/client';
import { postbacks } from '@/lib/db/schema';
import { inProjects } from '@/lib/projects/scope';
import { type Access, may } from '@/lib/staff/access';
import { beforeCursor, type TimelineRequest } from './timeline-request';

/** How many copies of one postback are named; the others are counted. */
export const COPIES_NAMED = 5;

const POSITION = sql<number>`coalesce(${postbacks.position}, 0)`.mapWith(Number);

async function selectFirsts(access: Access, { invoiceId, before, limit }: TimelineRequest) {
  const { orm } = await databaseFor(access);
  return orm
    .select({
      id: postbacks.id,
      at: postbacks.receivedAt,
      position: POSITION,
      outcome: postbacks.outcome,
      reason: postbacks.reason,
      reasonField: postbacks.reasonField,
      duplicates: postbacks.duplicates,
      signer: postbacks.signer,
      verified: postbacks.verified,
      flags: postbacks.flags,
      changes: postbacks.changes,
    })
    .from(postbacks)
    .where(
      and(
        eq(postbacks.invoiceId, invoiceId),
        // A copy with a position moved the invoice on.
        or(isNull(postbacks.duplicateOf), isNotNull(postbacks.position)),
        inProjects(access, postbacks.projectId),
        // Who may not see the log sees what was taken in, and nothing of verdicts.
        may(access, 'seePostbacks') ? undefined : and(inArray(postbacks.outcome, ['accepted', 'duplicate']), CHANGED),
        beforeCursor(postbacks.receivedAt, POSITION, postbacks.id, before),
      ),
    )
    .orderBy(desc(postbacks.receivedAt), desc(POSITION), desc(postbacks.id))
    .limit(limit);
}

/** What it changed is not `{}`. */
const CHANGED = sql`${postbacks.changes}::text <> '{}'`;

type First = Awaited<ReturnType<typeof selectFirsts>>[number];

async function selectCopies(access: Access, firstIds: readonly string[]) {
  const { orm } = await databaseFor(access);
  const numbered = orm
    .select({
      id: postbacks.id,
      firstId: postbacks.duplicateOf,
      at: postbacks.receivedAt,
      reason: postbacks.reason,
      turn: sql<number>`row_number() over (partition by ${postbacks.duplicateOf} order by ${postbacks.receivedAt} desc, ${postbacks.id} desc)`.as(
        'turn',
      ),
    })
    .from(postbacks)
    .where(and(inArray(postbacks.duplicateOf, [...firstIds]), inProjects(access, postbacks.projectId)))
    .as('numbered');
  return orm
    .select()
    .from(numbered)
    .where(lte(numbered.turn, COPIES_NAMED))
    .orderBy(desc(numbered.at), desc(numbered.id));
}

export interface Copy {
  readonly id: string;
  readonly at: string;
  readonly reason: string | null;
}

/** A postback that said something, with the latest of those that said it again. */
export interface MessageEntry extends First {
  readonly kind: 'message';
  readonly copies: readonly Copy[];
}

export async function listMessages(access: Access, request: TimelineRequest): Promise<readonly MessageEntry[]> {
  const firsts = await selectFirsts(access, request);
  const copied = may(access, 'seePostbacks') ? firsts.filter(({ duplicates }) => duplicates > 0) : [];
  const copies =
    copied.length > 0
      ? await selectCopies(
          access,
          copied.map(({ id }) => id),
        )
      : [];
  return firsts.map((first) => ({
    ...first,
    kind: 'message',
    copies: copies.filter(({ firstId }) => firstId === first.id).map(({ id, at, reason }) => ({ id, at, reason })),
  }));
}
