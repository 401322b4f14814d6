import { sign as signRsa } from 'node:crypto';
import { writeJson } from '@/lib/json';
import type { Fields, SignedPostback } from '../provider';
import { NUMBERS } from './schema';

/** The provider's request: both signatures over the very bytes of the body. */
export async function sign(fields: Fields, key: string): Promise<SignedPostback> {
  const body = new TextEncoder().encode(writeJson(fields, NUMBERS));
  return {
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-sign-v2': signRsa('sha256', body, key).toString('base64'),
      'x-sign': signRsa('sha1', body, key).toString('base64'),
    },
  };
}
