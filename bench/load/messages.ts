/** What the benchmark tells its load generator, a process of its own, and what it hears back. */

export interface SignOrder {
  readonly kind: 'sign';
  readonly provider: string;
  readonly secret: string;
  readonly count: number;
}

/** Sends what was signed: so many connections, each with its next postback as soon as the last one was answered. */
export interface RunOrder {
  readonly kind: 'run';
  readonly url: string;
  readonly connections: number;
  /** It ends at whichever comes first: this, or the last signed postback. */
  readonly milliseconds: number;
}

export type Order = SignOrder | RunOrder;

export interface Load {
  /** Answered with 200. */
  readonly acknowledged: number;
  /** Answered otherwise, or not at all. */
  readonly failed: number;
  readonly milliseconds: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export type Report = { readonly kind: 'signed' } | { readonly kind: 'ran'; readonly load: Load };
