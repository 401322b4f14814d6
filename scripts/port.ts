import { createServer } from 'node:net';
import { CommandError } from './command';

const NO_ADDRESS = (_: number, host: string): string => `${host} is no address of this machine; set HOST to one.`;

const SENTENCES: Readonly<Record<string, (port: number, host: string) => string>> = {
  EADDRNOTAVAIL: NO_ADDRESS,
  EAFNOSUPPORT: NO_ADDRESS,
  EAI_AGAIN: NO_ADDRESS,
  ENOTFOUND: NO_ADDRESS,
  EADDRINUSE: (port) => `Port ${port} is already in use; set PORT to another.`,
  EACCES: (port) => `Port ${port} may not be used by this user; set PORT to one above 1023.`,
};

/** Asked before the database is touched, so that a second start changes nothing. */
export async function requireFreePort(port: number, host: string): Promise<void> {
  const error = await tryListen(port, host);
  if (error !== null) throw portError(error, port, host);
}

export function portError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  const sentence = SENTENCES[error.code ?? ''];
  return sentence === undefined ? error : new CommandError(sentence(port, host));
}

function tryListen(port: number, host: string): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', resolve);
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
}
