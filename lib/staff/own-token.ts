import { createHmac } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { getEnv } from '@/lib/env';

/** What a token of ours proves. */
export interface Proof {
  readonly purpose: string;
  /** Whom it was issued to. */
  readonly subject: string;
  /** What it ends with: a token proves nothing once one of these has changed. */
  readonly boundTo?: readonly string[];
}

/** The key depends on everything that the token is bound to, so none of that has to be in the token. */
function keyOf({ purpose, subject, boundTo = [] }: Proof): Uint8Array {
  return createHmac('sha256', getEnv().authSecret)
    .update(JSON.stringify([purpose, subject, ...boundTo]))
    .digest();
}

/** A token for a cookie: signed with a key of the deployment, for one purpose and one subject, for so many seconds. */
export function issueToken(proof: Proof, lifetimeSeconds: number, now: Date): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1_000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(proof.subject)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(keyOf(proof));
}

export async function isTokenValid(token: string, proof: Proof, now: Date): Promise<boolean> {
  const options = { algorithms: ['HS256'], subject: proof.subject, currentDate: now, requiredClaims: ['exp'] };
  return jwtVerify(token, keyOf(proof), options).then(
    () => true,
    () => false,
  );
}
