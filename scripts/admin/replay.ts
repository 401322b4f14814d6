import { isUuid } from '@/lib/cursor';
import { replay } from '@/lib/postbacks/replay';
import { CommandError } from '../command';
import type { AdminCommand } from './commands';
import { withDatabase } from './database';
import { readOptions } from './options';

const options = { project: { type: 'string' }, since: { type: 'string' }, until: { type: 'string' } } as const;

export const run: AdminCommand['run'] = async (args) => {
  const { project, since, until } = readOptions(args, options);
  if (project !== undefined && !isUuid(project)) {
    throw new CommandError('--project must be the id of a project, as project add printed it.');
  }
  const range = { since: toInstant(since, 'since'), until: toInstant(until, 'until') };
  const { replayed, changed } = await withDatabase(() => replay({ projectId: project, ...range }));
  return { replayed, changed };
};

/** A date alone is midnight UTC. */
function toInstant(text: string | undefined, option: string): string | undefined {
  if (text === undefined) return undefined;
  const time = new Date(text);
  // Beyond the years of four digits PostgreSQL reads an ISO time as something else.
  if (Number.isNaN(time.getTime()) || time.getUTCFullYear() < 1 || time.getUTCFullYear() > 9999) {
    throw new CommandError(`--${option} must be a time such as 2026-01-27 or 2026-01-27T10:00:00Z.`);
  }
  return time.toISOString();
}
