import { createServer } from 'node:net';
import { CommandError } from './command';

const SENTENCES: Readonly<Record<string, (port: number) => string>> = {
  EADDRINUSE: (port) => `Port ${port} is already in use; set PORT to another.`,
  EACCES: (port) => `Port ${port} may not be used by this user; set PORT to one above 1023.`,
};

/** Asked before the database is touched, so that a second start changes nothing. */
export async function requireFreePort(port: number): Promise<void> {
  const error = await tryListen(port);
  if (error !== null) throw portError(error, port);
}

export function portError(error: NodeJS.ErrnoException, port: number): Error {
  const sentence = SENTENCES[error.code ?? ''];
  return sentence === undefined ? error : new CommandError(sentence(port));
}

function tryListen(port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen(port, () => probe.close(() => resolve(null)));
  });
}
