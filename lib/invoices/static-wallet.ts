/**
 * A static wallet is an address of its own for one customer, with an id of 32 characters where an invoice has 8. Nobody
 * asks for an amount there, so what its postbacks name as the amount due means nothing.
 */
export function isStaticWallet(bookkeeping: 'transfers' | 'payments', invoiceId: string): boolean {
  return bookkeeping === 'transfers' && /^[0-9a-z]{32}$/i.test(invoiceId);
}
