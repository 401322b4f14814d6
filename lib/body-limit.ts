const KB = 1024;

/** The largest body that any address takes which does not say otherwise. */
export const MAX_BODY_BYTES = KB * KB;

/** What somebody who is not signed in may send: a form of a few lines. */
const SIGN_IN_BODY_BYTES = 16 * KB;

/** The addresses of which a body may be smaller; notification URLs have their own limit. */
const LIMITS: readonly { readonly path: RegExp; readonly bytes: number }[] = [
  { path: /^\/(?:api\/auth|sign-in|setup|invitation|reset-password)(?:[/.]|$)/, bytes: SIGN_IN_BODY_BYTES },
];

/** How many bytes of a body are read at this address, however its path is spelt. */
export function bodyLimitOf(address: string): number {
  const path = plainPath(address);
  return LIMITS.find((limit) => limit.path.test(path))?.bytes ?? MAX_BODY_BYTES;
}

function plainPath(address: string): string {
  const [path = ''] = address.replace(/^https?:\/\/[^/?#]*/i, '').split(/[?#]/, 1);
  return decoded(path)
    .replaceAll(/[/\\]+/g, '/')
    .toLowerCase();
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The sentence that answers a body which is larger. */
export function tooLarge(bytes: number): string {
  return `The body is larger than ${bytes >= MAX_BODY_BYTES ? `${bytes / MAX_BODY_BYTES} MB` : `${bytes / KB} KB`}`;
}

/** The bytes of a web request as sent, or `too_large`; reads not one chunk past the limit. */
export async function readBody(request: Request, limit: number): Promise<Uint8Array<ArrayBuffer> | 'too_large'> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return 'too_large';
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    size += chunk.value.byteLength;
    if (size > limit) {
      await reader.cancel();
      return 'too_large';
    }
    chunks.push(chunk.value);
  }
  return joined(chunks);
}

/** The sender hung up before the body had come. */
export class SenderGone extends Error {
  override readonly name = 'SenderGone';
}

/** One chunk, as nearly every postback comes, is not copied. */
export function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return (chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)) as Uint8Array<ArrayBuffer>;
}
