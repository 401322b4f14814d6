import { connect } from 'node:net';
import type { Load } from '../load';
import type { Row, Scale, Seen } from '../row';
import { onPostgresScene, type Scene } from '../scene';
import { sampleOf, signNow, toPostback } from '../stories';
import { during, until } from '../until';

const MARK_MS = 15_000;
const BYTE_EVERY_MS = 1_000;
/** Beside them, at a pace that any machine keeps. */
const OTHERS_A_SECOND = 50;

type Kind =
  | 'silence'
  | 'half a header'
  | 'half a body'
  | 'a byte a second of the header'
  | 'a byte a second of the body';

const KINDS: readonly Kind[] = [
  'silence',
  'half a header',
  'half a body',
  'a byte a second of the header',
  'a byte a second of the body',
];

/** Senders that never come to the end hold a connection, and nobody else up. */
export const slowSenders: Row = {
  name: 'slow-senders',
  fault: 'a slow sender: half a header, half a body, a byte a second',
  run: (scale) =>
    onPostgresScene(scale.seed, async (scene): Promise<Seen> => {
      const each = scale.short ? 3 : 40;
      const server = await scene.serve();
      await scene.untilServed(server.port);
      const load = scene.load(() => server.port, OTHERS_A_SECOND);
      const usual = await usualP99(load, scale);
      const request = await requestText(scene);
      const from = performance.now();
      const closed = await Promise.all(
        KINDS.flatMap((kind) => Array.from({ length: each }, () => heldUntilClosed(server.port, kind, request))),
      );
      const meanwhile = load.p99(from, performance.now());
      await load.settle();
      await server.stop();
      const verdict = await scene.ask();
      const slowest = Math.max(...closed);
      const figures = `${closed.length} senders closed after at most ${(slowest / 1000).toFixed(1)} s; others answered ${load.statuses()}, p99 ${meanwhile.toFixed(0)} ms beside ${usual.toFixed(0)}`;
      return {
        figures,
        broken: [...verdict.broken, ...load.unexpected([200])],
        late: slowest > MARK_MS ? [`a sender was closed after ${(slowest / 1000).toFixed(1)} s`] : [],
      };
    }),
};

async function usualP99(load: Load, { short }: Scale): Promise<number> {
  await until('answers of 200', () => load.acknowledged >= 30);
  if (!short) await during(5_000);
  return load.p99(0, performance.now());
}

async function requestText(scene: Scene): Promise<{ head: string; body: string }> {
  const fields = sampleOf(scene.shop, 'paid');
  const postback = await toPostback(scene.shop, fields, String(fields.invoice_id));
  const { path, headers = {}, body = '' } = await signNow(postback);
  const text = Buffer.from(body).toString();
  const lines = Object.entries({ host: 'localhost', ...headers, 'content-length': Buffer.byteLength(text) });
  return {
    head: `POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
    body: text,
  };
}

/** After how many milliseconds the server closed the connection. */
function heldUntilClosed(port: number, kind: Kind, { head, body }: { head: string; body: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const began = performance.now();
    let left = kind.endsWith('of the header') ? head : body;
    const dripping = kind.startsWith('a byte') ? setInterval(() => drip(), BYTE_EVERY_MS) : undefined;
    const drip = (): void => {
      if (left.length > 1) socket.write(left.slice(0, 1));
      left = left.slice(1);
    };
    socket.once('connect', () => {
      if (kind === 'half a header') socket.write(head.slice(0, head.length / 2));
      if (kind === 'half a body') socket.write(head + body.slice(0, body.length / 2));
      if (kind === 'a byte a second of the body') socket.write(head);
    });
    socket.on('data', () => {}).on('error', () => {});
    socket.once('close', () => {
      clearInterval(dripping);
      clearTimeout(patience);
      resolve(performance.now() - began);
    });
    const patience = setTimeout(() => reject(new Error(`${kind}: not closed after two minutes`)), 120_000);
  });
}
