/**
 * The vocabulary of an invoice and which word outranks which.
 *
 * One order serves every provider: CryptoCloud knows overpaid > paid > partial > canceled > created,
 * NovaPay knows voided > paid > on_hold > expired > failed > processing > created, and the two agree.
 */
export const INVOICE_STATUSES = [
  'unknown',
  'created',
  'processing',
  'canceled',
  'failed',
  'expired',
  'on_hold',
  'partial',
  'paid',
  'overpaid',
  'voided',
] as const;

export type InvoiceStatus = (typeof INVOICE_STATUSES)[number];

/** Higher outranks lower; `unknown` is 0 and never replaces a known word. */
export function statusRank(status: InvoiceStatus): number {
  return INVOICE_STATUSES.indexOf(status);
}

export function isInvoiceStatus(word: string): word is InvoiceStatus {
  return (INVOICE_STATUSES as readonly string[]).includes(word);
}

/** Statuses under which invoices as a rule have transactions of money; under the others they as a rule have none. */
export const MOVED_STATUSES: readonly InvoiceStatus[] = ['partial', 'paid', 'overpaid', 'voided'];

/** Statuses under which a crypto amount is money that arrived. */
export function isMoney(status: InvoiceStatus): boolean {
  return status === 'partial' || status === 'paid' || status === 'overpaid';
}

/** Where the cash of a parcel is: the courier has yet to take it, has taken it, has paid it out, or will never get it. */
export const CASH_ON_DELIVERY = ['expected', 'collected', 'received', 'refused'] as const;

export type CashOnDelivery = (typeof CASH_ON_DELIVERY)[number];

/**
 * How much a message of this status is believed about everything but the status itself.
 * A void comes after the facts it voids and knows no more of them, so it stands below paid and hold.
 */
export function evidenceRank(status: InvoiceStatus): number {
  return status === 'voided' ? statusRank('on_hold') - 0.5 : statusRank(status);
}
