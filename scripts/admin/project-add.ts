import { createProject } from '@/lib/projects/create';
import { findSharedSecret } from '@/lib/projects/shared-secret';
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
  const { project, shared } = await withDatabase(async () => {
    const made = await createProject({ name, provider: provider.id, credential });
    return { project: made, shared: await findSharedSecret(null, made.id) };
  });
  if (shared) {
    const names = shared.names.map((other) => `"${other}"`).join(', ');
    process.stderr.write(
      `Warning: the same secret is active in ${names}: what is signed for one is accepted by the others.\n`,
    );
  }
  return {
    id: project.id,
    name: project.name,
    provider: project.provider,
    notificationPath: project.notificationPath,
  };
};
