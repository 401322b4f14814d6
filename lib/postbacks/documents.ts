import { identity } from '@/lib/crypto';
import { project, type Rows, type TransactionRow } from '@/lib/fold/rows';
import type { ContradictionReason, State } from '@/lib/fold/state';
import { isStaticWallet } from '@/lib/invoices/static-wallet';
import { parseDecimal } from '@/lib/money';
import type { Claim } from '@/lib/providers/claim';
import type { Event } from '@/lib/providers/provider';
import { emailTerm, phoneTerms } from '@/lib/search/secret-terms';
import { termsOf } from '@/lib/search/terms';
import { wellFormed } from '@/lib/text';
import { type Sealed, seal } from '@/lib/vault';
import type { Changes } from './changes';
import type { Arrival, Entry } from './entry';
import type { Placed } from './parameters';
import { sealRequest } from './request';

/** How many copies of one postback have a row; past it they are counted. */
export const COPIES_KEPT = 100;

/** Bodies that change nothing have a row while an invoice has not so many in an hour; past it they are counted. */
export const BODIES_AN_HOUR = 100;

/** The JSON that the statements take: keys are column names. Bytes travel beside it, see `parameters.ts`. */

export type Column = string | number | boolean | null | object;
export type Document = Readonly<Record<string, Column>>;

export interface InvoiceRows {
  readonly id: string;
  readonly invoice: Document & Placed<'state' | 'people'>;
  /** JSON of the state. */
  readonly state: Uint8Array;
  /** Encrypted people's data; null where there is none. */
  readonly people: Uint8Array | null;
  readonly transactions: readonly Document[];
  readonly delivery: Document | null;
}

export interface PostbackRow {
  readonly id: string;
  readonly outcome: 'accepted' | 'contradiction';
  readonly document: Document & Placed<'body'> & { duplicates: number };
  /** The encrypted body. */
  readonly body: Uint8Array;
  /** Copies that came in the same batch. */
  readonly copies: Entry[];
}

export interface CopyRow extends Document {
  readonly duplicate_of: string;
  /** How many copies it stands for. */
  readonly n: number;
}

export function invoiceRows(input: {
  readonly id: string;
  readonly projectId: string;
  readonly state: State;
  readonly version: number;
  readonly updatedAt: string;
  /** False: names stand nowhere but among the encrypted people's data. */
  readonly namesSearchable: boolean;
}): InvoiceRows {
  const { id, projectId, state, version, updatedAt, namesSearchable } = input;
  const rows = project(state);
  const { invoice, delivery } = rows;
  const sealed = Object.keys(state.people).length > 0 ? seal(JSON.stringify(state.people), `invoices:${id}`) : null;
  return {
    id,
    invoice: {
      id,
      project_id: projectId,
      provider_invoice_id: state.providerInvoiceId,
      signer: state.signer,
      order_id: invoice.orderId,
      status: invoice.status,
      status_raw: invoice.statusRaw,
      amount: invoice.amount,
      currency: invoice.currency,
      amount_usd: invoice.amountUsd,
      is_test: invoice.isTest,
      test_mode_known: invoice.testModeKnown,
      customer_name: namesSearchable ? invoice.customerName : null,
      attention: state.attention,
      created_at: invoice.createdAt,
      paid_at: invoice.paidAt,
      time_source: invoice.timeSource,
      updated_at: updatedAt,
      search: searchTerms(state, rows, namesSearchable),
      version,
      state_at: null,
      state_length: null,
      people_at: null,
      people_length: null,
      encryption_key_id: sealed?.keyId ?? null,
    },
    state: Buffer.from(JSON.stringify({ ...state, people: {} })),
    people: sealed?.sealed ?? null,
    transactions: rows.transactions.map((row) => transactionDocument(row, id, projectId, invoice.isTest)),
    delivery: delivery && {
      id: identity(id, 'delivery'),
      invoice_id: id,
      project_id: projectId,
      status: delivery.status,
      waybills: delivery.waybills,
      failure_reasons: delivery.failureReasons,
      carrier_code: delivery.carrierCode,
      carrier_text: delivery.carrierText,
      recipient_name: namesSearchable ? delivery.recipientName : null,
      updated_at: updatedAt,
    },
  };
}

function transactionDocument(row: TransactionRow, invoiceId: string, projectId: string, isTest: boolean): Document {
  return {
    id: identity(invoiceId, row.kind, row.key),
    invoice_id: invoiceId,
    project_id: projectId,
    kind: row.kind,
    amount: row.amount,
    currency: row.currency,
    amount_usd: row.amountUsd,
    tx_hashes: row.txHashes,
    external_id: row.externalId,
    is_test: isTest,
    occurred_at: row.occurredAt,
    time_source: row.timeSource,
  };
}

function searchTerms(state: State, { invoice, transactions }: Rows, names: boolean): readonly string[] {
  const { people, payments, transfers, facts, delivery } = state;
  const said = (texts: readonly (string | null | undefined)[]): readonly string[] =>
    texts.flatMap((text) => (text ? [text] : []));
  const terms = termsOf({
    orders: said([state.orderId?.v, ...payments.map((payment) => payment.externalId)]),
    invoice: state.providerInvoiceId,
    hashes: transfers.flatMap((transfer) => transfer.hashes),
    address: facts.address?.v ?? null,
    waybills: delivery?.waybills ?? [],
    amounts: said([invoice.amount, invoice.amountUsd, ...transactions.map((row) => row.amount)]),
    names: names ? said([people.client_name?.v, people.recipient_name?.v]) : [],
  });
  const phones = said([people.client_phone?.v, people.recipient_phone?.v]).flatMap(phoneTerms);
  const emails = said([people.client_email?.v]).map(emailTerm);
  return [...phones, ...emails, ...terms];
}

/** Written out, where spreading what copies share would be shorter: this is made for every postback. */
export function postbackRow(
  entry: Entry,
  verdict: {
    readonly outcome: 'accepted' | 'contradiction';
    readonly reason: ContradictionReason | null;
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
  return { id: arrival.id, outcome: verdict.outcome, document, body: sealed, copies: [] };
}

/** A copy inside the batch of its first goes in the same statement. */
export function twinDocument(copy: Entry, firstId: string): Document {
  return { ...copyRow(copy, firstId, 0), outcome: 'duplicate', duplicates: 0, position: null };
}

/** A copy has no body: its first says the same. */
export function copyRow(entry: Entry, firstId: string, ordinal: number): CopyRow {
  return {
    ...arrivalDocument(entry.arrival),
    ...authenticDocument(entry),
    claimed_order_id: orderOf(entry.claim),
    claimed_status: entry.claim.status,
    claimed_amount: entry.claim.amount,
    claimed_currency: entry.claim.currency,
    rechecked_at: entry.recheck?.at ?? null,
    rechecked_by: entry.recheck?.by ?? null,
    reason: secondTransfer(entry.event) ? 'retry_or_second_transfer' : null,
    duplicate_of: firstId,
    n: 1,
    ordinal,
    answer_status: 200,
  };
}

/** Further copies of a row that has as many as are kept. */
export function countedCopies(firstId: string, n: number): CopyRow {
  return { duplicate_of: firstId, n, ordinal: COPIES_KEPT + 1 };
}

/** The same content again under a static wallet's id, with no hash to tell a retry from a further payment. */
function secondTransfer(event: Event): boolean {
  return isStaticWallet(event.bookkeeping, event.invoiceId) && event.payments[0]?.hashes.length === 0;
}

function authenticDocument(entry: Entry): Document {
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

export function arrivalDocument(arrival: Arrival): Document {
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

export function sealBody(arrival: Arrival): Sealed {
  return seal(arrival.bytes, `postbacks:${arrival.id}`);
}
