import { Connection, requestOf } from '../bench/load/connection';
import type { Outgoing } from '../e2e/http';

/** Kept-alive connections to a server that may end at any time and be another one the next moment. */
export class Lines {
  private readonly free: { readonly port: number; readonly connection: Connection }[] = [];

  constructor(private readonly port: () => number) {}

  /** The status; 0: refused, or ended without an answer. */
  async send({ path, headers = {}, body = '' }: Outgoing): Promise<number> {
    const port = this.port();
    const connection = await this.take(port).catch(() => null);
    if (!connection) return 0;
    const status = await connection.send(requestOf(`http://127.0.0.1:${port}${path}`, headers, Buffer.from(body)));
    if (status !== 0 && !connection.ended) this.free.push({ port, connection });
    else connection.close();
    return status;
  }

  close(): void {
    for (const { connection } of this.free.splice(0)) connection.close();
  }

  private async take(port: number): Promise<Connection> {
    for (let line = this.free.pop(); line; line = this.free.pop()) {
      if (line.port === port && !line.connection.ended) return line.connection;
      line.connection.close();
    }
    return Connection.open(port);
  }
}
