import { statusRank } from '@/lib/invoices/status';
import type { StatusClaim } from './state';

/**
 * The better of two status claims, whichever came first. A word we know beats one we do not; the invoice's own status
 * beats one implied by the notification's outcome; then the order of the words, and of raw words within one.
 */
export function betterStatus(a: StatusClaim, b: StatusClaim): StatusClaim {
  return compareStatus(b, a) > 0 ? b : a;
}

function compareStatus(a: StatusClaim, b: StatusClaim): number {
  const known = Number(a.word !== 'unknown') - Number(b.word !== 'unknown');
  if (known !== 0) return known;
  const basis = Number(a.basis === 'invoice') - Number(b.basis === 'invoice');
  if (basis !== 0) return basis;
  const rank = statusRank(a.word) - statusRank(b.word) || a.step - b.step;
  if (rank !== 0) return rank;
  if (a.raw === b.raw) return 0;
  return a.raw < b.raw ? 1 : -1;
}
