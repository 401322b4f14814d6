import { connect, type Socket } from 'node:net';

const HEAD_END = '\r\n\r\n';
const LAST_CHUNK = '\r\n0\r\n\r\n';

/**
 * One kept-alive HTTP/1.1 connection that sends whole requests made beforehand. Node's own client takes as much of a
 * processor as what it measures, and the generator shares the machine with the receivers.
 */
export class Connection {
  private received: Buffer = Buffer.alloc(0);
  private settle: ((status: number) => void) | null = null;
  private last = false;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.take(chunk));
    socket.on('error', () => {});
    socket.on('close', () => this.answered(0));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => resolve(new Connection(socket)));
    });
  }

  /** Whether the other side has hung up or said that it will. */
  get ended(): boolean {
    return this.last || this.socket.destroyed || this.socket.readableEnded;
  }

  /** The status of the answer once all of it has come; 0: the connection ended first. */
  send(request: Uint8Array): Promise<number> {
    return new Promise((resolve) => {
      this.settle = resolve;
      if (this.socket.destroyed) this.answered(0);
      else this.socket.write(request);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
    const end = this.received.indexOf(HEAD_END);
    if (end < 0) return;
    const head = this.received.toString('latin1', 0, end);
    const size = sizeOf(this.received, head, end + HEAD_END.length);
    if (size === null || this.received.length < size) return;
    this.received = this.received.subarray(size);
    this.last = /\r\nconnection: *close/i.test(head);
    this.answered(Number(head.slice('HTTP/1.1 '.length, 'HTTP/1.1 '.length + 3)));
  }

  private answered(status: number): void {
    const settle = this.settle;
    this.settle = null;
    settle?.(status);
  }
}

/** Of the whole answer, whose body begins at `from`; null: that is not known yet. */
function sizeOf(received: Buffer, head: string, from: number): number | null {
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return from + Number(length);
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) throw new Error('An answer without a length.');
  // One after the other, so what ends the bytes ends the answer.
  const last = received.indexOf(LAST_CHUNK, from - 2);
  return last < 0 ? null : last + LAST_CHUNK.length;
}

/** The bytes of one POST. */
export function requestOf(url: string, headers: Readonly<Record<string, string>>, body: Uint8Array): Uint8Array {
  const { host, pathname } = new URL(url);
  const lines = Object.entries({ host, ...headers, 'content-length': body.byteLength }).map(([k, v]) => `${k}: ${v}`);
  return Buffer.concat([Buffer.from(`POST ${pathname} HTTP/1.1\r\n${lines.join('\r\n')}${HEAD_END}`), body]);
}
