import { DESTINATION_FAILURES } from './destination';
import type { KnownFailure } from './failure';
import { MONEY_FAILURES } from './money';
import { RECIPIENT_FAILURES } from './recipient';
import { SHIPMENT_FAILURES } from './shipment';

/** Every reason of Nova Poshta's for which we have words. */
export const KNOWN_FAILURES: readonly KnownFailure[] = [
  ...RECIPIENT_FAILURES,
  ...DESTINATION_FAILURES,
  ...MONEY_FAILURES,
  ...SHIPMENT_FAILURES,
];

const LONGEST_MESSAGE = 300;

/** Letter case, blanks and a full stop at the end say nothing. */
export function foldMessage(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/ ?[.;!]+$/, '');
}

/** By text, and by the carrier's number for a reason that is nothing else. */
const BY_MESSAGE: ReadonlyMap<string, KnownFailure> = new Map(
  KNOWN_FAILURES.flatMap((failure) =>
    failure.messages.flatMap(([number, text]) =>
      [number ?? '', foldMessage(text)].filter(Boolean).map((key) => [key, failure] as const),
    ),
  ),
);
const PATTERNED = KNOWN_FAILURES.filter(({ pattern }) => pattern !== undefined);

/** What a reason means; null for one that nobody has told us of, which is shown as sent. */
export function findFailure(reason: string): KnownFailure | null {
  if (reason.length > LONGEST_MESSAGE) return null;
  const folded = foldMessage(reason);
  return BY_MESSAGE.get(folded) ?? PATTERNED.find(({ pattern }) => pattern?.test(folded)) ?? null;
}
