import { type Verdict, verifyAudit } from '@/lib/audit/verify';
import { CommandError } from '../command';
import type { AdminCommand } from './commands';
import { withDatabase } from './database';
import { readOptions } from './options';

const options = { head: { type: 'string' } } as const;

export const run: AdminCommand['run'] = async (args) => {
  const { head } = readOptions(args, options);
  if (head !== undefined && !/^[0-9a-f]{64}$/.test(head)) {
    throw new CommandError('--head must be the 64 hexadecimal digits that an earlier audit verify printed.');
  }
  const verdict = await withDatabase(() => verifyAudit(head ?? null));
  if (!verdict.holds) throw new CommandError(sentenceOf(verdict));
  return { holds: true, entries: verdict.entries, head: verdict.head };
};

export function sentenceOf({ why, position, entryId, at }: Extract<Verdict, { holds: false }>): string {
  const when = at === null ? '' : ` of ${at}`;
  const sentences = {
    changed: `entry ${position} (${entryId}${when}) is not as it was written.`,
    removed: `before or at entry ${position} (${entryId}${when}) something was removed.`,
    inserted: `the entry ${entryId}${when} was inserted past the chain.`,
    head_missing: `its ${position} entries agree, but the head noted earlier is none of theirs: it was written anew or cut off.`,
  } as const;
  return `The audit log does not hold: ${sentences[why]}`;
}
