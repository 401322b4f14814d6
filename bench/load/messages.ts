/** What the benchmark tells its load generator, a process of its own, and what it hears back. */

export interface SignOrder {
  readonly kind: 'sign';
  readonly provider: string;
  readonly secret: string;
  readonly count: number;
  /** `copies`: one payment, signed anew each time, as a provider tries again. */
  readonly variety?: 'different' | 'copies';
}

/**
 * Sends what was signed. Without `perSecond` each connection sends its next postback as soon as the last one was
 * answered; with it each postback is due at its moment, and its time counts from then, whoever was late.
 */
export interface RunOrder {
  readonly kind: 'run';
  readonly url: string;
  readonly connections: number;
  /** It ends at whichever comes first: this, or the last signed postback. */
  readonly milliseconds: number;
  readonly perSecond?: number;
  /** What each should be answered with; 200. */
  readonly status?: number;
}

export type Order = SignOrder | RunOrder;

export interface Load {
  /** Answered as they should be. */
  readonly acknowledged: number;
  /** Answered otherwise, or not at all. */
  readonly failed: number;
  readonly milliseconds: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly p999: number;
}

export type Report = { readonly kind: 'signed' } | { readonly kind: 'ran'; readonly load: Load };
