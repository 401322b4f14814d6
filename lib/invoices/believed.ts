import type { State } from '@/lib/fold/state';
import type { Instant, Item } from '@/lib/providers/provider';
import { type MoneyTable, moneyTable } from './money-table';

/** What the invoice page shows of the merged state beyond the invoice's own columns. */
export interface Believed {
  readonly facts: Readonly<Record<string, string>>;
  /** Card, RRN and the like of each payment that says any. */
  readonly payments: readonly PaymentDetails[];
  readonly money: MoneyTable;
  readonly items: readonly Item[];
  /** When the first hold was said; it lapses about 29 days later. */
  readonly heldAt: Instant | null;
}

export interface PaymentDetails {
  readonly externalId: string;
  readonly details: Readonly<Record<string, string>>;
}

/** The state is ours: what `lib/fold` wrote comes back. */
export function readState(stored: unknown): Believed {
  const state = stored as State;
  const holds = state.payments.flatMap(({ stages }) => stages.on_hold?.receivedAt ?? []);
  return {
    facts: valuesOf(state.facts),
    payments: state.payments
      .map(({ externalId, details }) => ({ externalId, details: valuesOf(details) }))
      .filter(({ details }) => Object.keys(details).length > 0),
    money: moneyTable(state),
    items: state.payments.flatMap((payment) => payment.items?.v ?? []),
    heldAt: holds.sort()[0] ?? null,
  };
}

function valuesOf(registers: State['facts']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(registers).map(([name, known]) => [name, known.v]));
}
