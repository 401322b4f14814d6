import type { Person } from '@/lib/invoices/people';
import { findFailure } from './failures/catalogue';
import { PLACES, type Place, type PlaceName } from './failures/failure';

/** What is known of the invoice beside its parcel, as far as this person may see it. */
export interface Sent {
  readonly people: readonly Person[];
  /** How it is paid, in our words. */
  readonly method: string | null;
  readonly amount: string | null;
  readonly currency: string | null;
}

export interface ExplainedFailure {
  /** The carrier's own words. */
  readonly reason: string;
  /** Names the words for it; null where nobody has told us what it means. */
  readonly code: string | null;
  readonly place: PlaceName | null;
  /** Where the field stands in NovaPay's postback. */
  readonly path: string | null;
  /** What was sent there; people's data masked. */
  readonly value: SentValue | null;
}

export type SentValue =
  | { readonly kind: 'text' | 'method'; readonly text: string }
  | { readonly kind: 'amount'; readonly text: string; readonly currency: string | null };

/** Each reason with what it means and the value that caused it. */
export function explainFailures(reasons: readonly string[], sent: Sent): readonly ExplainedFailure[] {
  return reasons.map((reason) => {
    const known = findFailure(reason);
    if (!known) return { reason, code: null, place: null, path: null, value: null };
    const place: Place = PLACES[known.place];
    return { reason, code: known.code, place: known.place, path: place.path, value: sentValue(place, sent) };
  });
}

function sentValue({ shows }: Place, { people, method, amount, currency }: Sent): SentValue | null {
  if (shows === null) return null;
  if (shows === 'paytype') return method === null ? null : { kind: 'method', text: method };
  if (shows === 'amount') return amount === null ? null : { kind: 'amount', text: amount, currency };
  const person = people.find(({ field }) => field === shows);
  return person ? { kind: 'text', text: person.masked } : null;
}
