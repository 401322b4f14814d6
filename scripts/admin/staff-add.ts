import { ROLES, type Role } from '@/lib/staff/access';
import { createStaff } from '@/lib/staff/create';
import { CommandError } from '../command';
import type { AdminCommand } from './commands';
import { withDatabase } from './database';
import { readOptions, readPassword, required } from './options';

const options = {
  email: { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string' },
  project: { type: 'string', multiple: true },
  'time-zone': { type: 'string' },
  'password-stdin': { type: 'boolean' },
} as const;

export const run: AdminCommand['run'] = async (args) => {
  const values = readOptions(args, options);
  const member = {
    email: required(values.email, 'email'),
    name: required(values.name, 'name'),
    role: toRole(required(values.role, 'role')),
    projectIds: values.project ?? null,
    ...(values['time-zone'] === undefined ? {} : { timeZone: values['time-zone'] }),
    password: await readPassword(values['password-stdin']),
  };
  const made = await withDatabase(() => createStaff(member));
  return { id: made.id, email: made.email, role: made.role };
};

function toRole(word: string): Role {
  const role = ROLES.find((known) => known === word);
  if (role === undefined) throw new CommandError(`--role must be one of ${ROLES.join(', ')}.`);
  return role;
}
