import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { getEnv } from '@/lib/env';
import { tidyForwarded } from '@/lib/forwarded';
import { limitBody } from '@/lib/http-adapter/body';
import { Answers } from '@/lib/http-adapter/drain';
import { takePostback } from '@/lib/http-adapter/http-adapter';
import { refuseImpossible } from '@/lib/http-adapter/impossible';
import { prioritise } from '@/lib/http-adapter/priority';
import { closeWithConnection } from '@/lib/http-adapter/queued';
import { isLingering } from '@/lib/http-adapter/respond';
import { reachableHost } from '@/lib/listening';
import { log } from '@/lib/log/log';
import { withPeer } from '@/lib/peer';
import { answerTo } from '@/lib/postbacks/receive';
import { waitForTurn, yieldToPriorityWork } from '@/lib/priority';
import { stopTracing } from '@/lib/tracing/tracing';
import { watch } from '@/lib/tracing/watch';

export interface ServerOptions {
  readonly port: number;
  /** The address of this machine to listen on. */
  readonly host: string;
  readonly dev: boolean;
}

export interface RunningServer {
  /** The port it listens on, which with `port: 0` the system chose. */
  readonly port: number;
  /** Postbacks are taken from the first moment; the screens come a second later. */
  readonly screens: Promise<void>;
  /** Takes no more, finishes what it has within ten seconds. */
  stop(): Promise<void>;
}

const LIMITS = {
  /** A sender gets this long for a whole request; half-sent ones are cut, within fifteen seconds also on a slow machine. */
  requestTimeout: 12_000,
  headersTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  /** Longer than the minute for which common proxies keep a connection, so that they never reuse one just closed. */
  keepAliveTimeout: 65_000,
};

/** Serves Tillbell on one's own machine: notification URLs through our own HTTP adapter, everything else through Next. */
export async function startServer({ port, host, dev }: ServerOptions): Promise<RunningServer> {
  await watch();
  const answers = new Answers();
  const server = createServer(LIMITS, (incoming, outgoing) => {
    closeWithConnection(incoming, outgoing);
    answers.add(outgoing);
    if (takePostback(incoming, outgoing, answerTo)) prioritise(incoming, outgoing);
    else if (!refuseImpossible(incoming, outgoing)) {
      tidyForwarded(incoming.headers, getEnv().appUrl);
      void withPeer(incoming.socket.remoteAddress, () => serve(screens, incoming, outgoing));
    }
  });
  server.on('clientError', refuse);
  if (!dev) ignoreUpgrades(server);
  const own = await listen(server, port, host);
  // Only now: a restart keeps no postback waiting for what it does not need.
  const screens = loadScreens(own, host, dev);
  return {
    port: own,
    screens: screens.then(() => {}),
    stop: async () => {
      await answers.drain(server);
      // Where they never came, there is nothing to close.
      await screens.then(
        ({ close }) => close(),
        () => {},
      );
      await stopTracing();
    },
  };
}

interface Screens {
  handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void>;
  close(): Promise<void>;
}

/** Loading Next keeps the event loop for most of a second: who already waits comes first. */
const HEAD_START_MS = 50;

async function loadScreens(port: number, host: string, dev: boolean): Promise<Screens> {
  await wait(HEAD_START_MS);
  await yieldToPriorityWork();
  const { default: next } = await import('next');
  // Where Next looks for itself when an action redirects.
  const app = next({ dev, dir: process.cwd(), port, hostname: reachableHost(host) });
  await app.prepare();
  return { handle: app.getRequestHandler(), close: () => app.close() };
}

/** They cost next to nothing: files, of which a page asks for twenty, and what machines look after the server by. */
const AT_ONCE = /^\/(_next\/static|api\/health|api\/metrics)\b/;

async function serve(screens: Promise<Screens>, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    // First, so that whoever sends slowly waits by himself.
    const request = await limitBody(incoming, outgoing);
    if (request === null) return;
    const { handle } = await screens;
    if (!AT_ONCE.test(incoming.url ?? '')) await waitForTurn();
    if (outgoing.destroyed) return;
    await handle(request, outgoing);
  } catch (error) {
    log('error', 'A request failed', { error });
    if (!outgoing.headersSent) outgoing.writeHead(500);
    outgoing.end();
  }
}

/**
 * Next listens for upgrades from its first request on, and Node then gives it every request that offers one. Java's
 * client offers h2c with its first POST: such a postback is a postback. Only development has a use for WebSockets.
 */
function ignoreUpgrades(server: Server): void {
  server.on('newListener', (event, listener) => {
    if (event === 'upgrade') queueMicrotask(() => server.off('upgrade', listener));
  });
}

const REFUSALS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable || isLingering(socket as Socket)) {
    socket.destroy();
    return;
  }
  const status = REFUSALS[error.code ?? ''] ?? '400 Bad Request';
  const body = JSON.stringify({ error: status.slice(4) });
  const head = `HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${body.length}`;
  socket.end(`${head}\r\n\r\n${body}`, () => socket.destroy());
}

/** The port it listens on. */
function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
