import { connect, createServer, type Socket } from 'node:net';
import { asksFor, Messages, READY } from './wire';

export interface CuttingProxy {
  readonly port: number;
  /** How many connections were cut. */
  readonly cuts: number;
  /** The next write is committed, and its answer and its connection are gone. */
  cutNext(): void;
  stop(): void;
}

/**
 * Between the app and its database. A statement outside of a transaction is committed before the server says that it is
 * ready for the next one: what comes back to a write is held until then, and instead of it the connection ends.
 */
export async function startCuttingProxy(databasePort: number, write: string): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  let cuts = 0;
  let armed = 0;
  const server = createServer((front) => {
    const back = connect(databasePort, '127.0.0.1');
    const asked = new Messages(false);
    const told = new Messages(true);
    let holding = false;
    const end = (): void => {
      front.destroy();
      back.destroy();
    };
    for (const socket of [front, back]) {
      open.add(socket);
      socket.setNoDelay(true).on('error', end);
      socket.on('close', () => {
        open.delete(socket);
        end();
      });
    }
    front.on('data', (piece) => {
      const writes = asked.take(piece).some((message) => asksFor(message, write));
      if (writes && armed > 0 && !holding) {
        armed -= 1;
        holding = true;
      }
      back.write(piece);
    });
    back.on('data', (piece) => {
      const committed = told.take(piece).some(({ type }) => type === READY);
      if (!holding) front.write(piece);
      else if (committed) {
        cuts += 1;
        end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    get cuts() {
      return cuts;
    },
    cutNext: () => {
      armed += 1;
    },
    stop: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
