import { groupDigits, trimZeros } from '@/components/ui/digits';
import { clip, visible } from '@/lib/visible';

/** `0.4 USDT`, in the reader's digits, for the middle of a sentence. */
export function amountWords(amount: string, currency: string | null, locale: string): string {
  const digits = groupDigits(trimZeros(amount), locale);
  return currency ? `${digits} ${visible(clip(currency, 24))}` : digits;
}

const LONG_DIGITS = 16;

/** Sixty digits are an amount too and wrap anywhere; those of every day stay in one piece. */
export function digitsClass(amount: string | null): string {
  return amount !== null && amount.length > LONG_DIGITS
    ? 'whitespace-normal! [overflow-wrap:anywhere] [&>span]:inline-block'
    : '';
}
