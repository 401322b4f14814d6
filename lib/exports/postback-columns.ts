import { type Column, figure, orderText, text, time } from './column';
import { instantOf } from './instants';
import type { Zoned } from './transaction-columns';

/** As `postbackScan` reads it. */
export interface PostbackRow {
  readonly at: string;
  readonly id: string;
  readonly provider: string;
  readonly project: string;
  readonly provider_invoice_id: string | null;
  readonly outcome: string;
  readonly reason: string | null;
  readonly reason_field: string | null;
  readonly duplicate_of: string | null;
  readonly duplicates: number;
  readonly answer_status: number;
  readonly signer: string | null;
  readonly verified: string | null;
  readonly flags: readonly { readonly code: string; readonly field?: string }[];
  readonly content_type: string | null;
  readonly user_agent: string | null;
  readonly body_size: number;
  readonly order_id: string | null;
  readonly claimed_invoice_id: string | null;
  readonly claimed_status: string | null;
  readonly claimed_amount: string | null;
  readonly claimed_currency: string | null;
}

/** A row per delivery to a notification URL that was kept; no bodies. */
export function postbackColumns({ zone, clock }: Zoned): readonly Column<PostbackRow>[] {
  return [
    text('postback_id', ({ id }) => id),
    time('received_at_utc', ({ at }) => instantOf(at)),
    time('received_at_local', ({ at }) => clock(instantOf(at))),
    text('timezone', () => zone),
    text('provider', ({ provider }) => provider),
    text('project', ({ project }) => project),
    text('invoice_id', ({ provider_invoice_id: id }) => id),
    text('outcome', ({ outcome }) => outcome),
    text('reason', ({ reason }) => reason),
    text('reason_field', (row) => row.reason_field),
    figure('answer_status', (row) => String(row.answer_status)),
    text('signer', ({ signer }) => signer),
    text('verified', ({ verified }) => verified),
    text('flags', ({ flags }) => flags.map(({ code, field }) => (field ? `${code}:${field}` : code)).join(' ') || null),
    text('duplicate_of', (row) => row.duplicate_of),
    figure('duplicates', ({ duplicates }) => String(duplicates)),
    text('content_type', (row) => row.content_type),
    text('user_agent', (row) => row.user_agent),
    figure('body_size', (row) => String(row.body_size)),
    orderText('order_id', (row) => row.order_id),
    // What it claims, which nobody may add up: it need not be verified.
    text('claimed_invoice_id', (row) => row.claimed_invoice_id),
    text('claimed_status', (row) => row.claimed_status),
    figure('claimed_amount', (row) => row.claimed_amount),
    text('claimed_currency', (row) => row.claimed_currency),
  ];
}
