import { type IncomingHttpHeaders, request as open } from 'node:http';

/** The status of a connection that was closed without an answer. */
export const HUNG_UP = 0;

/** A request byte for byte: no browser and no `fetch` between, which would tidy the path and follow redirects. */
export interface Outgoing {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Sent in pieces without a length. */
  readonly chunked?: boolean;
}

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const PIECE = 16 * 1024;
const PATIENCE_MS = 30_000;

export function send(
  port: number,
  { method = 'POST', path, headers = {}, body = '', chunked = false }: Outgoing,
): Promise<Answered> {
  const bytes = Buffer.from(body);
  const length = chunked || bytes.length === 0 ? {} : { 'content-length': String(bytes.length) };
  return new Promise((resolve, reject) => {
    let answered = false;
    const request = open({ host: '127.0.0.1', port, method, path, headers: { ...length, ...headers }, agent: false });
    request.setTimeout(PATIENCE_MS, () => request.destroy(new Error(`${method} ${path} was not answered`)));
    request.once('response', (response) => {
      answered = true;
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(pieces).toString(),
        }),
      );
    });
    // Who answers before the body has ended may close the connection on the rest of it.
    request.on('error', (error) => {
      if (answered) return;
      if (error.message === 'socket hang up') resolve({ status: HUNG_UP, headers: {}, text: '' });
      else reject(error);
    });
    for (let at = 0; at < bytes.length; at += PIECE) request.write(bytes.subarray(at, at + PIECE));
    request.end();
  });
}
