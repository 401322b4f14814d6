import type { State } from '@/lib/fold/state';
import type { Item } from '@/lib/providers/provider';

/** What the invoice page shows of the merged state beyond the invoice's own columns. */
export interface Believed {
  readonly facts: Readonly<Record<string, string>>;
  /** Card, RRN and the like of each payment that says any. */
  readonly payments: readonly PaymentDetails[];
  readonly amounts: readonly Amounts[];
  readonly items: readonly Item[];
}

export interface PaymentDetails {
  readonly externalId: string;
  readonly details: Readonly<Record<string, string>>;
}

/** The further amounts of one transfer, by our names. */
export interface Amounts {
  readonly hashes: readonly string[];
  readonly amounts: Readonly<Record<string, string>>;
}

/** The state is ours: what `lib/fold` wrote comes back. */
export function readState(stored: unknown): Believed {
  const state = stored as State;
  const transfers = state.transfers.map(({ hashes, amounts }) => ({ hashes, amounts: valuesOf(amounts) }));
  const quote = state.quote ? [{ hashes: [], amounts: valuesOf(state.quote.amounts) }] : [];
  return {
    facts: valuesOf(state.facts),
    payments: state.payments
      .map(({ externalId, details }) => ({ externalId, details: valuesOf(details) }))
      .filter(({ details }) => Object.keys(details).length > 0),
    amounts: (transfers.length > 0 ? transfers : quote).filter(({ amounts }) => Object.keys(amounts).length > 0),
    items: state.payments.flatMap((payment) => payment.items?.v ?? []),
  };
}

function valuesOf(registers: State['facts']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(registers).map(([name, known]) => [name, known.v]));
}
