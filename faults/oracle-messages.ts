import type { Expected } from './stories';

export interface Question {
  readonly journal: string;
  /** How often each content was sent at most. */
  readonly sent: Readonly<Record<string, number>>;
  /** What must be believed of invoices whose postbacks were all heard. */
  readonly expected: readonly Expected[];
}

export interface Verdict {
  /** Answers of 200. */
  readonly acknowledged: number;
  readonly invoices: number;
  readonly replayed: number;
  /** What is in the ledger and nobody was told so. */
  readonly unanswered: number;
  readonly broken: readonly string[];
}
