/** The heads of a tar (POSIX ustar) as a backup writes them between its bytes; `modern-tar` reads them. */

const BLOCK = 512;
/** Two blocks of zeros end an archive. */
export const TAR_END: Uint8Array = new Uint8Array(2 * BLOCK);

interface TarHead {
  readonly name: string;
  readonly size: number;
  readonly kind: 'file' | 'folder';
}

const SUM_AT = 148;
const SUM_LENGTH = 8;
const NAME_LENGTH = 100;
/** Eleven octal digits. */
const MOST_BYTES = 8 ** 11;

export function tarHead({ name, size, kind }: TarHead, modified: Date): Uint8Array {
  if (Buffer.byteLength(name) > NAME_LENGTH || size >= MOST_BYTES) throw new Error(`${name} does not fit into a tar.`);
  const head = Buffer.alloc(BLOCK);
  head.write(name, 0);
  head.write(kind === 'file' ? '0000600' : '0000700', 100);
  for (const at of [108, 116]) head.write('0000000', at);
  head.write(octal(size, 11), 124);
  head.write(octal(Math.floor(modified.getTime() / 1000), 11), 136);
  head.write(kind === 'file' ? '0' : '5', 156);
  head.write('ustar\u000000', 257, 'latin1');
  head.write(`${octal(sumOf(head), 6)}\u0000 `, SUM_AT, 'latin1');
  return head;
}

/** What follows the bytes of a file up to the next head. */
export function paddingAfter(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

/** Its own field counts as blanks. */
function sumOf(block: Buffer): number {
  let sum = 32 * SUM_LENGTH;
  for (const [at, byte] of block.entries()) if (at < SUM_AT || at >= SUM_AT + SUM_LENGTH) sum += byte;
  return sum;
}
