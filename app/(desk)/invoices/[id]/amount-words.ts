import { groupDigits, trimZeros } from '@/components/ui/digits';
import { clip, visible } from '@/lib/visible';

/** `0.4 USDT`, for the middle of a sentence. */
export function amountWords(amount: string, currency: string | null): string {
  const digits = groupDigits(trimZeros(amount));
  return currency ? `${digits} ${visible(clip(currency, 24))}` : digits;
}
