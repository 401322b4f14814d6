import { databaseFor } from '@/lib/db/client';
import type { Access } from '@/lib/staff/access';
import { type Finding, judgeClock } from './doctor';
import { readDelay } from './doctor-facts';

/** A project by whose tokens this server's clock is off. */
export interface ClockOff {
  readonly projectId: string;
  readonly finding: Finding;
}

/** A clock that is set right is forgiven as soon as so many came by the right time, or so long nothing wrong did. */
const SUSPECTS = {
  name: 'clock_suspects',
  text: `select p.id::text as id, p.provider from projects p
    where ($1::uuid[] is null or p.id = any($1::uuid[])) and exists (
      select from (
        select b.reason, b.flags from postbacks b
        where b.project_id = p.id and b.received_at > $2::timestamptz - interval '1 hour'
        order by b.received_at desc, b.id desc limit 20
      ) recent
      where recent.reason in ('token_expired', 'token_not_yet_valid') or recent.flags::text like '%long_lived_token%')
    order by p.id`,
};

/**
 * The first project whose last tokens were made long before they came, or after. Bodies are only opened where something
 * points to a clock: tokens that had run out, or would live longer than they do.
 */
export async function findClockOff(access: Access, now: Date): Promise<ClockOff | null> {
  const database = await databaseFor(access);
  const own = access.projects === 'all' ? null : access.projects;
  const suspects = await database.run<{ id: string; provider: string }>(SUSPECTS, [own, now.toISOString()]);
  for (const { id, provider } of suspects) {
    const finding = judgeClock({ provider, delay: await readDelay({ id, provider }) });
    if (finding.state === 'attention' || finding.state === 'bad') return { projectId: id, finding };
  }
  return null;
}
