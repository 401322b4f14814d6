/** The largest body that is read. */
export const MAX_BODY_BYTES = 256 * 1024;

/** The sender hung up before the body had come. */
export class SenderGone extends Error {
  override readonly name = 'SenderGone';
}

/** The bytes of a web request as sent, or `too_large`; reads not one chunk past the limit. */
export async function readBody(request: Request): Promise<Uint8Array | 'too_large'> {
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    size += chunk.value.byteLength;
    if (size > MAX_BODY_BYTES) {
      await reader.cancel();
      return 'too_large';
    }
    chunks.push(chunk.value);
  }
  return joined(chunks);
}

/** One chunk, as nearly every postback comes, is not copied. */
export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}
