import { createProject } from '@/lib/projects/create';
import type { AdminCommand } from './commands';
import { withDatabase } from './database';
import { readOptions, readSecret, readText, required, SECRET_OPTIONS } from './options';
import { toProvider } from './provider';

const options = {
  name: { type: 'string' },
  provider: { type: 'string' },
  ...SECRET_OPTIONS,
  'public-key-file': { type: 'string' },
} as const;

export const run: AdminCommand['run'] = async (args) => {
  const values = readOptions(args, options);
  const name = required(values.name, 'name');
  const provider = toProvider(required(values.provider, 'provider'));
  const credential =
    provider.credential === 'secret'
      ? await readSecret(values)
      : await readText(required(values['public-key-file'], 'public-key-file'));
  const project = await withDatabase(() => createProject({ name, provider: provider.id, credential }));
  return {
    id: project.id,
    name: project.name,
    provider: project.provider,
    notificationPath: project.notificationPath,
  };
};
