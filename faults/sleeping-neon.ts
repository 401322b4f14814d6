import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How Neon's endpoint meets the first request after a sleep. */
export type Waking = 'awake' | 'refuses' | 'hangs up' | 'is late' | 'fails';

const LATE_MS = 5_000;

export interface SleepingNeon {
  readonly endpoint: string;
  /** How many requests were met asleep. */
  readonly asleep: number;
  /** From now on and for so many requests. */
  sleep(how: Waking, requests: number): Promise<void>;
  stop(): void;
}

/** In front of the stand-in of Neon's HTTP endpoint. */
export async function startSleepingNeon(endpoint: string): Promise<SleepingNeon> {
  const target = new URL(endpoint);
  let how: Waking = 'awake';
  let left = 0;
  let asleep = 0;
  const server = createServer((incoming, outgoing) => {
    if (left === 0) return forward(target, incoming, outgoing);
    left -= 1;
    asleep += 1;
    if (how === 'is late') setTimeout(() => forward(target, incoming, outgoing), LATE_MS);
    else if (how === 'fails') fail(outgoing);
    else incoming.socket.resetAndDestroy();
  });
  server.keepAliveTimeout = 1;
  const listen = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}${target.pathname}`,
    get asleep() {
      return asleep;
    },
    sleep: async (wanted, requests) => {
      how = wanted;
      left = wanted === 'refuses' ? 0 : requests;
      if (wanted !== 'refuses' && !server.listening) await listen(port);
      if (wanted !== 'refuses') return;
      asleep += 1;
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What a proxy in front of a compute that wakes up says. */
function fail(outgoing: ServerResponse): void {
  outgoing.writeHead(500, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify({ message: "Couldn't connect to compute node" }));
}

function forward(target: URL, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const onward = request(target, { method: incoming.method, headers: incoming.headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
