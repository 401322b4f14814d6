import type { HeaderReader } from '@/lib/providers/provider';

export interface ToldPostback {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Base64. */
  readonly body: string;
  /** Null: an answer of 200 would be wrong. */
  readonly content: string | null;
}

export interface ToTell {
  readonly journal: string;
  /** One after the other, and nothing goes wrong. */
  readonly first: readonly ToldPostback[];
  /** All at once. */
  readonly together: readonly ToldPostback[];
  /** Null: it lives. */
  readonly crash: { readonly at: number; readonly side: 'before' | 'after' } | null;
}

/** What a process that lived says. */
export interface Told {
  /** Statements that the second part ran. */
  readonly calls: number;
  readonly statuses: readonly number[];
}

export function headersOf(headers: Readonly<Record<string, string>>): HeaderReader {
  return { get: (name) => headers[name] ?? null, has: (name) => headers[name] !== undefined };
}
