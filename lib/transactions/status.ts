/** What one movement of money is. `expected` is cash that a courier has yet to collect: never received money. */
export const TRANSACTION_KINDS = ['payment', 'top_up', 'refund', 'expected'] as const;

export type TransactionKind = (typeof TRANSACTION_KINDS)[number];

/** Where the date of a movement comes from: the provider's own field, the moment of receipt, or a member of staff. */
export type TimeSource = 'provider' | 'receipt' | 'staff';
