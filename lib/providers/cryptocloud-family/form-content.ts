import { parseDecimal, shortest } from '@/lib/money';
import type { Fields, Value } from '../provider';
import { isBlank } from '../wire';
import { normaliseInvoiceId } from './invoice-id';
import { NO_ORDER } from './parse';
import { FORM_FIELDS } from './schema';

const KNOWN: ReadonlySet<string> = new Set(FORM_FIELDS);

/** A form has six fields and no more; a JSON body says the same with its six, and more beside them. */
export function formContent(fields: Fields, format: 'json' | 'form'): Fields | null {
  if (format === 'form' && Object.keys(fields).some((name) => !KNOWN.has(name))) return null;
  const content: Record<string, Value> = {};
  for (const name of FORM_FIELDS) {
    const value = Object.hasOwn(fields, name) ? fields[name] : null;
    if (name !== 'token' && typeof value === 'string' && !isBlank(value)) content[name] = oneSpelling(name, value);
  }
  if (NO_ORDER.has(String(content.order_id).trim())) delete content.order_id;
  return content;
}

function oneSpelling(name: string, value: string): string {
  if (name === 'invoice_id') return normaliseInvoiceId(value);
  const amount = name === 'amount_crypto' ? parseDecimal(value) : null;
  return amount === null ? value : shortest(amount);
}
