/** `INV-ilraje1q` and `ILRAJE1Q` are one invoice: the API and the body spell it differently. */
export function normaliseInvoiceId(sent: string): string {
  return sent.trim().replace(/^INV-/i, '').toUpperCase();
}
