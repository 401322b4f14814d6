/** What one transaction of money is. `expected` is cash on delivery that has not been paid out: never received money. */
export const TRANSACTION_KINDS = ['payment', 'top_up', 'refund', 'expected'] as const;

export type TransactionKind = (typeof TRANSACTION_KINDS)[number];

/**
 * Where the date of a transaction comes from: the provider's own field, the same where it lay more than ten minutes ahead of
 * the receipt, the moment of receipt, or a member of staff.
 */
export type TimeSource = 'provider' | 'provider_ahead' | 'receipt' | 'staff';

/** The words of `invoices.detail` for each. */
export const TIME_SOURCE_WORDS = {
  provider: 'byProvider',
  provider_ahead: 'byProviderAhead',
  receipt: 'byReceipt',
  staff: 'byStaff',
} as const satisfies Record<TimeSource, string>;
