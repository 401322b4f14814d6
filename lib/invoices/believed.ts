import { withoutContactsInId } from '@/lib/contacts';
import { networkOf } from '@/lib/currency-code';
import { cashOf } from '@/lib/fold/cash';
import { countedPayments, paymentAmount } from '@/lib/fold/payments';
import { type Payment, readState as readStored, type State } from '@/lib/fold/state';
import { add } from '@/lib/money';
import type { Decimal, Instant, Item } from '@/lib/providers/provider';
import { type MoneyTable, moneyTable } from './money-table';
import type { CashOnDelivery } from './status';

/** What the invoice page shows of the merged state beyond the invoice's own columns. */
export interface Believed {
  readonly facts: Readonly<Record<string, string>>;
  /** Card, RRN and the like of each payment that says any. */
  readonly payments: readonly PaymentDetails[];
  readonly money: MoneyTable;
  readonly items: readonly Item[];
  /** What the payments that name items come to; null where that is not told apart from the invoice's amount. */
  readonly itemsAmount: Decimal | null;
  /** Where the cash of the parcel is; null where none is due. */
  readonly cash: CashOnDelivery | null;
  /** No token named this invoice: all that is believed of it could be a captured token's. */
  readonly unbound: boolean;
  /** When the first hold was said; it lapses about 29 days later. */
  readonly heldAt: Instant | null;
}

export interface PaymentDetails {
  readonly externalId: string;
  readonly details: Readonly<Record<string, string>>;
}

/** The state is ours: what `lib/fold` wrote comes back. */
export function readState(stored: unknown): Believed {
  const state = readStored(stored);
  const holds = state.payments.flatMap(({ stages }) => stages.on_hold?.receivedAt ?? []);
  return {
    facts: factsOf(state),
    payments: state.payments
      .map(({ externalId, details }) => ({ externalId: withoutContactsInId(externalId), details: valuesOf(details) }))
      .filter(({ details }) => Object.keys(details).length > 0),
    money: moneyTable(state),
    ...itemsOf(state),
    cash: cashOf(state),
    unbound: state.verified === 'jwt_unbound',
    heldAt: holds.sort()[0] ?? null,
  };
}

/** Where no body names the network, the code of the currency does. */
function factsOf(state: State): Readonly<Record<string, string>> {
  const facts = valuesOf(state.facts);
  const network = state.bookkeeping === 'transfers' ? networkOf(state.currency?.v ?? null) : null;
  return network === null || facts.network !== undefined ? facts : { ...facts, network };
}

/** A payment that only repeats others must not double their items; one without items has nothing to check. */
function itemsOf({ payments }: State): Pick<Believed, 'items' | 'itemsAmount'> {
  const withItems = (payment: Payment): boolean => (payment.items?.v.length ?? 0) > 0;
  const counted = countedPayments(payments).filter(withItems);
  const items = (counted.length > 0 ? counted : payments).flatMap((payment) => payment.items?.v ?? []);
  const amounts = counted.map(paymentAmount);
  const known = amounts.filter((amount) => amount !== null);
  const whole = known.length > 0 && known.length === amounts.length;
  return { items, itemsAmount: whole ? known.reduce(add) : null };
}

function valuesOf(registers: State['facts']): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(registers).map(([name, known]) => [name, known.v]));
}
