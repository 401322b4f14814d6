import type { Fields } from '@/lib/providers/provider';
import type { Dice } from './dice';
import type { Shop } from './shops';

/** What is wrong with a delivery, apart from what its body says. */
export const FLAWS = [
  'wrong_key',
  'test_key',
  'expired',
  'unsigned',
  'unbound',
  'other_invoice',
  'bytes_literal',
  'legacy_signature',
  'cut_short',
  'python_print',
  'empty',
  'xml',
  'redirected',
] as const;
export type Flaw = (typeof FLAWS)[number];

/** One delivery to a notification URL: what it says, when, and how it goes wrong. */
export interface Posting {
  readonly at: Date;
  readonly fields: Fields;
  readonly format?: 'json' | 'form';
  readonly flaw?: Flaw;
}

/** Everything that one order of a shop sends, in its own order. */
export type Story = (dice: Dice, shop: Shop, start: Date) => readonly Posting[];

/** How often a story is told beside the others of its shop. Weight 0: once in a history. */
export type Stories = readonly (readonly [weight: number, story: Story])[];

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function after(time: Date, milliseconds: number): Date {
  return new Date(time.getTime() + milliseconds);
}
