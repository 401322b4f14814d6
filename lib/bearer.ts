import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether an Authorization header carries this token; how long it takes says nothing about either. */
export function isBearer(header: string | null, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(header ?? ''), digest(`Bearer ${token}`));
}
