import { isUuid } from '@/lib/cursor';
import { previewAll, runRetention } from '@/lib/retention/run';
import { CommandError } from '../command';
import type { AdminCommand } from './commands';
import { withDatabase } from './database';
import { readOptions } from './options';

const options = { project: { type: 'string' }, 'dry-run': { type: 'boolean' } } as const;

/** What the server does every hour by itself; with --dry-run only told. */
export const run: AdminCommand['run'] = async (args) => {
  const { project, 'dry-run': dry } = readOptions(args, options);
  if (project !== undefined && !isUuid(project)) {
    throw new CommandError('--project must be the id of a project, as project add printed it.');
  }
  const now = new Date();
  if (dry) {
    const { count, oldest } = await withDatabase(() => previewAll(now, project));
    return { wouldDelete: count, oldest };
  }
  const { deleted, kept, names } = await withDatabase(() => runRetention(now, project));
  return { deleted, kept, names };
};
