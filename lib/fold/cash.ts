import type { CashOnDelivery } from '@/lib/invoices/status';
import type { Instant } from '@/lib/providers/provider';
import type { TimeSource } from '@/lib/transactions/status';
import { isRefused } from './carrier';
import { paidPayments } from './payments';
import type { State } from './state';

/** Where the cash of a parcel is; null where no cash on delivery is known to be due. */
export function cashOf(state: State): CashOnDelivery | null {
  const isCash = state.facts.method?.v === 'cash_on_delivery';
  if (!isCash || !paidPayments(state.payments).some(({ stages }) => stages.paid?.amount)) return null;
  if (cashReceipt(state)) return 'received';
  const carrier = state.delivery?.carrier;
  if (!carrier) return 'expected';
  if (isRefused(carrier)) return 'refused';
  return carrier.received ? 'collected' : 'expected';
}

/** When the cash came in: on the day that staff names, else when the carrier first said that it was paid out. */
export function cashReceipt(state: State): { readonly at: Instant; readonly source: TimeSource } | null {
  if (state.facts.method?.v !== 'cash_on_delivery') return null;
  if (state.cashReceivedAt !== null) return { at: state.cashReceivedAt, source: 'staff' };
  const paidOutAt = state.delivery?.carrier?.paidOutAt ?? null;
  return paidOutAt === null ? null : { at: paidOutAt, source: 'receipt' };
}
