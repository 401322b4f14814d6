import type { useTranslations } from 'next-intl';
import { groupDigits } from '@/components/ui/digits';
import { getProvider } from '@/lib/providers';
import { clip, visible } from '@/lib/visible';

/** From the root of the catalogue: an act speaks of everything there is. */
type Words = ReturnType<typeof useTranslations<never>>;

/** What was done, in words; a code that has none yet is shown as it is. */
export function actWords(t: Words, action: string): string {
  return known(t, `audit.action.${action.replaceAll('.', '_')}`) ?? action;
}

/** Where an act's object has words of its own. */
const OBJECTS: Readonly<Record<string, string>> = {
  'export.download': 'exports.view',
  'export.broken_off': 'exports.view',
  'postback.test': 'samples',
};

/** What it was done to, in words; null: it has none, or is an id. */
export function objectWords(t: Words, action: string, object: string): string | null {
  const words = OBJECTS[action];
  return words === undefined ? null : known(t, `${words}.${object}`);
}

/** Where it can be looked at. */
export function objectHref(action: string, object: string): string | null {
  if (!/^[0-9a-f-]{36}$/.test(object)) return null;
  if (action.startsWith('invoice.')) return `/invoices/${object}`;
  return action.startsWith('postback.') ? `/postbacks/${object}` : null;
}

export function fieldWords(t: Words, field: string): string {
  return known(t, `audit.field.${field}`) ?? field;
}

/** The sum in `gross 1234.50 UAH`; neither a column nor a coin is a number by itself. */
const AMOUNT = /(?<= )-?\d+(?:\.\d+)?(?= |;|$)/g;

/** Where the value of a field has words of its own. */
const VALUES: Readonly<Record<string, string>> = { role: 'person.role', field: 'invoices.person', kind: 'audit.guess' };

export function valueWords(t: Words, locale: string, field: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return t('audit.nothing');
  if (typeof value === 'boolean') return t(value ? 'audit.yes' : 'audit.no');
  if (Array.isArray(value)) {
    return value.length === 0 ? t('audit.nothing') : value.map((one) => valueWords(t, locale, field, one)).join(', ');
  }
  if (typeof value === 'number') return groupDigits(String(value), locale);
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (field === 'totals') return visible(clip(text, 600)).replace(AMOUNT, (amount) => groupDigits(amount, locale));
  if (field === 'provider') return getProvider(text)?.label ?? text;
  const words = VALUES[field];
  return (words && known(t, `${words}.${text}`)) ?? visible(clip(text, 600));
}

function known(t: Words, key: string): string | null {
  const name = key.split('.').at(-1) ?? '';
  return /^[\w-]{1,80}$/.test(name) && t.has(key) ? t(key) : null;
}
