import type { InvoiceStatus } from '@/lib/invoices/status';
import { getProvider } from '@/lib/providers';

/** Our word for the status that a postback claims; null where it claims none. */
export function claimedStatusOf(row: {
  readonly provider: string;
  readonly claimedStatus: string | null;
}): InvoiceStatus | null {
  if (row.claimedStatus === null) return null;
  return getProvider(row.provider)?.claims.statusOf(row.claimedStatus) ?? 'unknown';
}
