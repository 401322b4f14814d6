import { compare } from '@/lib/money';
import { sameValue, saysMore } from './values';

/** A value and how much the message that said it is believed. Short names: there are dozens in every invoice row. */
export interface Known<T> {
  readonly v: T;
  /** `evidenceRank` of the message. */
  readonly r: number;
}

export type Registers = Readonly<Record<string, Known<string>>>;

/** The better believed of two; among equals the one that was received first. */
export function keep<T>(
  known: Known<T> | null | undefined,
  value: T | null | undefined,
  rank: number,
): Known<T> | null {
  if (value === null || value === undefined) return known ?? null;
  return !known || rank > known.r ? { v: value, r: rank } : known;
}

/** `keep` for decimals: of two equal amounts the one with more digits stays, whichever came first. */
export function keepDecimal(
  known: Known<string> | null | undefined,
  value: string | null,
  rank: number,
): Known<string> | null {
  const kept = keep(known, value, rank);
  if (!known || value === null || kept === null || compare(known.v, value) !== 0) return kept;
  return { v: preciser(known.v, value), r: Math.max(known.r, rank) };
}

/** Of two equal decimals the one written with more digits. */
export function preciser(a: string, b: string): string {
  return b.length > a.length ? b : a;
}

/** True when an equally believed message says something else of this field. */
export function conflicts(
  field: string,
  known: Known<string> | null | undefined,
  value: string | null | undefined,
  rank: number,
): boolean {
  return (
    known !== null &&
    known !== undefined &&
    value !== null &&
    value !== undefined &&
    known.r === rank &&
    !sameValue(field, known.v, value)
  );
}

/** `conflicts` for decimals: equal numbers agree however they are written. */
export function conflictsDecimal(known: Known<string> | null | undefined, value: string | null, rank: number): boolean {
  return Boolean(known && value !== null && known.r === rank && compare(known.v, value) !== 0);
}

/**
 * Merges a map of registers; `conflict` names the first field on which an equally believed message differs by value. Of
 * spellings that mean the same the first stays, unless a later one says more.
 */
export function keepAll(
  known: Registers,
  said: Readonly<Record<string, string | undefined>>,
  rank: number,
): { readonly registers: Registers; readonly conflict: string | null } {
  const registers: Record<string, Known<string>> = { ...known };
  let conflict: string | null = null;
  for (const name of Object.keys(said).sort()) {
    const before = registers[name];
    const value = said[name];
    const differs = conflicts(name, before, value, rank);
    if (differs) conflict ??= name;
    const completes = !differs && before?.r === rank && value !== undefined && saysMore(name, before.v, value);
    const after = completes ? { v: value, r: rank } : keep(before, value, rank);
    if (after) registers[name] = after;
  }
  return { registers: sorted(registers), conflict };
}

/** `keepAll` for amounts: equal numbers agree however they are written. */
export function keepAmounts(
  known: Registers,
  said: Readonly<Record<string, string>>,
  rank: number,
): { readonly registers: Registers; readonly conflict: string | null } {
  const registers: Record<string, Known<string>> = { ...known };
  let conflict: string | null = null;
  for (const name of Object.keys(said).sort()) {
    const before = registers[name];
    const value = said[name] ?? null;
    if (conflict === null && conflictsDecimal(before, value, rank)) conflict = name;
    const after = keepDecimal(before, value, rank);
    if (after) registers[name] = after;
  }
  return { registers: sorted(registers), conflict };
}

function sorted(registers: Record<string, Known<string>>): Registers {
  const names = Object.keys(registers);
  // What a first message says was put in by name already.
  if (names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name)) return registers;
  return Object.fromEntries(Object.entries(registers).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The earlier of two instants of equal form. */
export function earlier(a: string | null | undefined, b: string): string {
  return !a || b < a ? b : a;
}

/** The union of two sets as sorted text. */
export function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])].sort();
}
