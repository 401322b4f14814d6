import type { InvoiceStatus } from '@/lib/invoices/status';

export interface KnownStatus {
  readonly word: InvoiceStatus;
  /** Order of raw words within one of ours. */
  readonly step: number;
}

/** Words that mean the same at every provider; the Portuguese ones stand in translated documentation. */
const EVERYWHERE: ReadonlyMap<string, InvoiceStatus> = new Map([
  ['paid', 'paid'],
  ['pago', 'paid'],
  ['success', 'paid'],
  ['sucesso', 'paid'],
]);

/** Our word for the provider's; an unknown one is `unknown`, never refused. */
export function statusFor(raw: string, own: ReadonlyMap<string, KnownStatus>): KnownStatus {
  const key = raw.trim().toLowerCase();
  return own.get(key) ?? { word: EVERYWHERE.get(key) ?? 'unknown', step: 0 };
}
