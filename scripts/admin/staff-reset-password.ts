import { resetPasswordByOperator } from '@/lib/staff/password-resets';
import type { AdminCommand } from './commands';
import { withDatabase } from './database';
import { readOptions, readPassword, required } from './options';

const options = { email: { type: 'string' }, 'password-stdin': { type: 'boolean' } } as const;

export const run: AdminCommand['run'] = async (args) => {
  const values = readOptions(args, options);
  const email = required(values.email, 'email');
  const password = await readPassword(values['password-stdin']);
  const { id, email: known, sessionsEnded } = await withDatabase(() => resetPasswordByOperator(email, password));
  return { id, email: known, sessionsEnded };
};
