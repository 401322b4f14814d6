import type { PeopleField } from './providers/provider';

/** People's data as it is shown to those who may know that it is there, but not what it says. */

const HIDDEN = '•••';

/** `Іван Іваненко` → `І••• І•••`: enough to compare with what a caller says. */
export function maskName(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean).slice(0, 4);
  return words.map((word) => `${[...word][0] ?? ''}${HIDDEN}`).join(' ');
}

/** The last two digits. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  return digits.length > 4 ? `${HIDDEN} ${digits.slice(-2)}` : HIDDEN;
}

export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return HIDDEN;
  return `${[...email][0] ?? ''}${HIDDEN}@${[...email.slice(at + 1)][0] ?? ''}${HIDDEN}`;
}

export function maskPerson(field: PeopleField, value: string): string {
  if (field === 'client_name' || field === 'recipient_name') return maskName(value);
  if (field === 'client_phone' || field === 'recipient_phone') return maskPhone(value);
  if (field === 'client_email') return maskEmail(value);
  return HIDDEN;
}
