import type { Merged } from '@/lib/fold/state';
import { isStaticWallet } from '@/lib/invoices/static-wallet';
import { parseDecimal } from '@/lib/money';
import type { Claim } from '@/lib/providers/claim';
import type { Event } from '@/lib/providers/provider';
import { termsOf } from '@/lib/search/terms';
import { wellFormed } from '@/lib/text';
import { type Sealed, seal } from '@/lib/vault';
import type { Changes } from './changes';
import type { Placed } from './parameters';
import { sealRequest } from './request';
import type { ReceivedPostback, VerifiedPostback } from './verified-postback';

/** How many copies of one postback have a row; past it they are counted. */
export const COPIES_KEPT = 100;

/** Bodies that change nothing have a row while an invoice has not so many in an hour; past it they are counted. */
export const BODIES_AN_HOUR = 100;

/** How many rows one token makes in an hour of one invoice, and of incomplete bodies; past it they are counted. */
export const ROWS_A_TOKEN = 20;

/** The JSON that the statements take: keys are column names. Bytes travel beside it, see `parameters.ts`. */

export type Column = string | number | boolean | null | object;
export type Document = Readonly<Record<string, Column>>;

export interface PostbackRow {
  readonly id: string;
  readonly outcome: 'accepted' | 'contradiction';
  readonly document: Document & Placed<'body'> & { duplicates: number };
  /** The encrypted body. */
  readonly body: Uint8Array;
  /** Copies that came in the same batch and have a row. */
  readonly copies: VerifiedPostback[];
  /** How many more came in it and are only counted. */
  counted: number;
  /** Those of them that move the invoice on. */
  readonly repeats: Document[];
}

export interface CopyRow extends Document {
  readonly duplicate_of: string;
  /** How many copies it stands for. */
  readonly n: number;
  /** The invoice without whose write it does not count. */
  readonly written_with: string | null;
}

/** Written out, where spreading what copies share would be shorter: this is made for every postback. */
export function postbackRow(
  entry: VerifiedPostback,
  verdict: {
    readonly outcome: 'accepted' | 'contradiction';
    readonly reason: Merged['reason'];
    readonly field: string | null;
    readonly position: number;
    readonly changes: Changes;
  },
): PostbackRow {
  const { arrival, claim } = entry;
  const { sealed, keyId } = sealBody(arrival);
  const { request, request_key_id } = sealRequest(arrival.id, arrival.request);
  const document = {
    id: arrival.id,
    project_id: arrival.projectId,
    received_at: arrival.receivedAt,
    content_type: arrival.contentType,
    user_agent: arrival.userAgent,
    body_size: arrival.bytes.byteLength,
    request,
    request_key_id,
    invoice_id: entry.invoiceId,
    signer: entry.signer,
    verified: entry.grade,
    secret_id: entry.secretId,
    content_key: entry.contentKey,
    form_key: entry.formKey?.of === 'json' ? entry.formKey.key : null,
    token_hash: entry.tokenHash,
    flags: entry.flags,
    encryption_key_id: keyId,
    outcome: verdict.outcome,
    reason: verdict.reason,
    reason_field: verdict.field,
    position: verdict.position,
    changes: verdict.changes,
    claimed_order_id: orderOf(claim),
    claimed_status: claim.status,
    claimed_amount: claim.amount,
    claimed_currency: claim.currency,
    // What conflicts with its invoice is not found by it.
    claimed_search: verdict.outcome === 'contradiction' ? claimTerms(claim) : null,
    rechecked_at: entry.recheck?.at ?? null,
    rechecked_by: entry.recheck?.by ?? null,
    duplicates: 0,
    body_at: 0,
    body_length: 0,
  };
  return { id: arrival.id, outcome: verdict.outcome, document, body: sealed, copies: [], counted: 0, repeats: [] };
}

/** A copy inside the batch of its first goes in the same statement. */
export function twinDocument(copy: VerifiedPostback, firstId: string): Document {
  return { ...copyRow(copy, firstId, 0), outcome: 'duplicate', duplicates: 0, position: null };
}

/** A copy has no body: its first says the same. */
export function copyRow(entry: VerifiedPostback, firstId: string, ordinal: number): CopyRow {
  return {
    ...arrivalDocument(entry.arrival),
    ...authenticDocument(entry),
    ...tokenDocument(entry),
    claimed_order_id: orderOf(entry.claim),
    claimed_status: entry.claim.status,
    claimed_amount: entry.claim.amount,
    claimed_currency: entry.claim.currency,
    rechecked_at: entry.recheck?.at ?? null,
    rechecked_by: entry.recheck?.by ?? null,
    reason: secondTransfer(entry.event) ? 'retry_or_second_transfer' : null,
    duplicate_of: firstId,
    n: 1,
    written_with: null,
    ordinal,
    answer_status: 200,
  };
}

/** Further copies, under one token, of a row that has as many as are kept. */
export function countedCopies(entry: VerifiedPostback, firstId: string, n: number): CopyRow {
  return { ...tokenDocument(entry), duplicate_of: firstId, n, ordinal: COPIES_KEPT + 1, written_with: null };
}

/** A token that an invoice has seen. */
export function tokenDocument({ arrival, invoiceId, tokenHash, flags }: VerifiedPostback): Document {
  return {
    token_hash: tokenHash,
    invoice_id: invoiceId,
    project_id: arrival.projectId,
    received_at: arrival.receivedAt,
    is_long_lived: isLongLived(flags),
  };
}

export function isLongLived(flags: VerifiedPostback['flags']): boolean {
  return flags.some(({ code }) => code === 'long_lived_token');
}

/** The same content again under a static wallet's id, with no hash to tell a retry from a further payment. */
function secondTransfer(event: Event): boolean {
  return isStaticWallet(event.bookkeeping, event.invoiceId) && event.payments[0]?.hashes.length === 0;
}

function authenticDocument(entry: VerifiedPostback): Document {
  return {
    invoice_id: entry.invoiceId,
    signer: entry.signer,
    verified: entry.grade,
    secret_id: entry.secretId,
    content_key: entry.contentKey,
    token_hash: entry.tokenHash,
    flags: entry.flags,
  };
}

/** What a postback without an invoice claims. */
export function claimDocument(claim: Claim): Document {
  return {
    claimed_invoice_id: claim.invoiceId,
    claimed_order_id: orderOf(claim),
    claimed_status: claim.status,
    claimed_amount: claim.amount,
    claimed_currency: claim.currency,
    claimed_search: claimTerms(claim),
  };
}

const MAX_ORDER = 200;
const MAX_TERMS = 200;

function orderOf({ orderIds }: Claim): string | null {
  return orderIds.length > 0 ? wellFormed(orderIds.join(', ').slice(0, MAX_ORDER)) : null;
}

/** The terms by which it is found; null: there are none. */
export function claimTerms({
  orderIds,
  invoiceId,
  hashes,
  address,
  waybills,
  amount,
}: Claim): readonly string[] | null {
  const amounts = amount !== null && parseDecimal(amount) !== null ? [amount] : [];
  const terms = termsOf({ orders: orderIds, invoice: invoiceId, hashes, address, waybills, amounts, names: [] });
  return terms.length > 0 ? terms.slice(0, MAX_TERMS) : null;
}

export function arrivalDocument(arrival: ReceivedPostback): Document {
  return {
    id: arrival.id,
    project_id: arrival.projectId,
    received_at: arrival.receivedAt,
    content_type: arrival.contentType,
    user_agent: arrival.userAgent,
    body_size: arrival.bytes.byteLength,
    ...sealRequest(arrival.id, arrival.request),
  };
}

export function sealBody(arrival: ReceivedPostback): Sealed {
  return seal(arrival.bytes, `postbacks:${arrival.id}`);
}
