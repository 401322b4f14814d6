import { deliveryRank } from '@/lib/deliveries/status';
import type { DeliveryClaim, Instant } from '@/lib/providers/provider';
import { earlier } from './registers';
import type { Carrier, CarrierWord } from './state';

const NOTHING: Carrier = { received: null, refused: null, other: null, paidOutAt: null };

/** Takes in a word of the carrier at the time of its receipt; the same words in any order make the same. */
export function mergeCarrier(known: Carrier | null, claim: DeliveryClaim['carrier'], at: Instant): Carrier | null {
  if (!claim) return known;
  const { code, text, status, paidOut } = claim;
  const before = known ?? NOTHING;
  const group = status === 'received' || status === 'refused' ? status : 'other';
  const word = laterWord(before[group], { code, text, status, at });
  return { ...before, [group]: word, paidOutAt: paidOut ? earlier(before.paidOutAt, at) : before.paidOutAt };
}

/** The word that counts: the last one, but a parcel that was received is left there by nothing but a refusal. */
export function believedWord({ received, refused, other }: Carrier): CarrierWord | null {
  const end = received && refused ? laterWord(received, refused) : (received ?? refused);
  if (end === null || other === null) return end ?? other;
  return end.status === 'received' ? end : laterWord(end, other);
}

/** Whether the recipient refused the parcel and did not take it afterwards, wherever it is on its way back. */
export function isRefused({ received, refused }: Carrier): boolean {
  return refused !== null && (received === null || laterWord(received, refused) === refused);
}

function laterWord(a: CarrierWord | null, b: CarrierWord): CarrierWord {
  if (a === null) return b;
  if (a.at !== b.at) return a.at < b.at ? b : a;
  const order = deliveryRank(b.status) - deliveryRank(a.status);
  if (order !== 0) return order > 0 ? b : a;
  const said = ({ code, text }: CarrierWord): string => `${(code ?? '').padStart(12)} ${text ?? ''}`;
  return said(b) > said(a) ? b : a;
}
