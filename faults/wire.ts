/** As much of PostgreSQL's protocol as is needed to know where in a conversation one is. */

const BIND = 'B';
const PARSE = 'P';
export const READY = 'Z';

export interface Message {
  /** Empty: the first message of a connection, which has no type. */
  readonly type: string;
  readonly body: Buffer;
}

/** Cuts a stream into messages, however it was cut into pieces. */
export class Messages {
  private rest: Buffer = Buffer.alloc(0);

  /** `typed` is false for the front end's side, whose first messages have no type. */
  constructor(private typed: boolean) {}

  take(piece: Buffer): readonly Message[] {
    this.rest = Buffer.concat([this.rest, piece]);
    const found: Message[] = [];
    for (let message = this.next(); message; message = this.next()) found.push(message);
    return found;
  }

  private next(): Message | null {
    const head = this.typed ? 1 : 0;
    if (this.rest.length < head + 4) return null;
    const size = head + this.rest.readUInt32BE(head);
    if (this.rest.length < size) return null;
    const type = this.typed ? String.fromCharCode(this.rest[0] ?? 0) : '';
    const body = this.rest.subarray(head + 4, size);
    this.rest = this.rest.subarray(size);
    // A request for TLS (8 bytes) is followed by another first message.
    if (!this.typed && size !== 8) this.typed = true;
    return { type, body };
  }
}

/** Whether the front end asks for a statement of this name to be run, or for one that begins so. */
export function asksFor({ type, body }: Message, name: string): boolean {
  if (type !== BIND && type !== PARSE) return false;
  const [first = '', second = ''] = body.toString('latin1').split('\0', 2);
  return (type === BIND ? second : first) === name;
}
