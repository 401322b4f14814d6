import type { Fields, Flag, Grade, RefusalReason, Secret, Verdict } from '../provider';
import { isWeakSecret } from '../weak-secrets';
import { normaliseInvoiceId } from './invoice-id';
import { type Claims, isSignedWith, type Token, takeApart } from './jwt';

const LEEWAY_SECONDS = 30;
const LONG_LIVED_SECONDS = 360;
/** What is signed against when there is nothing to check, so that every refusal costs the same. */
const STAND_IN_SECRET = 'nothing was ever signed with this key';
const STAND_IN_TOKEN =
  'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJpZCI6Ik5PVEhJTkciLCJleHAiOjE3MDAwMDAwMDB9.IN97y898DadebGNpkb4H0YfIj_Bcg-PjWGDbVirxw-4';

interface Claimed {
  readonly grade: Grade;
  readonly flags: readonly Flag[];
}

/** Every check is made before the first verdict: a stranger cannot tell from the time which one failed. */
export function verifyToken(fields: Fields, secrets: readonly Secret[], now: Date): Verdict {
  const sent = readText(fields, 'token');
  const token = takeApart(sent ?? STAND_IN_TOKEN);
  const usable = secrets.filter((secret) => !isWeakSecret(secret.value));
  const secret = signerOf(token, usable);
  const shape = sent === null ? 'token_missing' : refusalOfShape(token);
  const claims = refusalOfClaims(token, fields, now.getTime() / 1000);

  if (usable.length === 0) return refuse(secrets.length === 0 ? 'no_secret' : 'weak_secret');
  if (shape) return refuse(shape);
  if (!secret) return refuse(reasonForUnknownKey(secrets));
  if (typeof claims === 'string') return refuse(claims);
  const { grade, flags } = claims;
  const age: readonly Flag[] = secret.retiring ? [{ code: 'old_secret' }] : [];
  const verdict = { authentic: true, grade, signer: secret.signer, secretId: secret.id, token: token.bare } as const;
  return { ...verdict, flags: [...flags, ...age] };
}

function refuse(reason: RefusalReason): Verdict {
  return { authentic: false, reason };
}

/** Null for anything that is not text with something in it. */
function readText(fields: Fields, name: string): string | null {
  const value = Object.hasOwn(fields, name) ? fields[name] : null;
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** Tries every secret, also after the right one. */
function signerOf(token: Token, usable: readonly Secret[]): Secret | null {
  if (usable.length === 0) isSignedWith(token, STAND_IN_SECRET);
  const matching = usable.filter((secret) => isSignedWith(token, secret.value));
  return matching.find((secret) => !secret.retiring) ?? matching[0] ?? null;
}

/** The algorithm first: a token of another one also has another shape, and the algorithm says more. */
function refusalOfShape(token: Token): RefusalReason | null {
  if (token.header && token.header.alg !== 'HS256') return 'algorithm_refused';
  return token.wellFormed ? null : 'token_malformed';
}

/** Without a live secret of its own no key of the provider's can be right, and that is what staff must hear. */
function reasonForUnknownKey(secrets: readonly Secret[]): RefusalReason {
  const live = secrets.filter((secret) => secret.signer === 'live');
  if (live.length === 0) return 'no_secret';
  return live.every((secret) => isWeakSecret(secret.value)) ? 'weak_secret' : 'token_wrong_key';
}

function refusalOfClaims(token: Token, fields: Fields, now: number): RefusalReason | Claimed {
  const claims: Claims = token.claims ?? {};
  if (token.header && Object.hasOwn(token.header, 'crit')) return 'token_critical_header';
  const { exp, nbf } = claims;
  if (typeof exp !== 'number' || !Number.isFinite(exp)) return 'token_without_expiry';
  if (exp + LEEWAY_SECONDS <= now) return 'token_expired';
  if (nbf !== undefined && typeof nbf !== 'number') return 'token_malformed';
  if (nbf !== undefined && nbf - LEEWAY_SECONDS > now) return 'token_not_yet_valid';
  const grade = bindingOf(claims.id, fields);
  if (grade === null) return 'token_other_invoice';
  const unbound: readonly Flag[] = grade === 'jwt_unbound' ? [{ code: 'unbound_token' }] : [];
  const longLived: readonly Flag[] = exp - now > LONG_LIVED_SECONDS ? [{ code: 'long_lived_token' }] : [];
  return { grade, flags: [...unbound, ...longLived] };
}

/**
 * Null when the token names another invoice. Documented samples carry a number, which names none.
 * Where the body has no invoice id there is nothing to compare: the missing field is the fault to report.
 */
function bindingOf(id: unknown, fields: Fields): Grade | null {
  if (id === undefined || id === null || typeof id === 'number') return 'jwt_unbound';
  if (typeof id !== 'string') return null;
  const invoiceId = readText(fields, 'invoice_id');
  if (invoiceId === null) return 'jwt';
  return normaliseInvoiceId(id) === normaliseInvoiceId(invoiceId) ? 'jwt' : null;
}
