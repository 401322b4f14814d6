import { identity } from '@/lib/crypto';
import { project, type Rows, type TransactionRow } from '@/lib/fold/rows';
import type { State } from '@/lib/fold/state';
import { emailTerm, phoneTerms } from '@/lib/search/secret-terms';
import { termsOf } from '@/lib/search/terms';
import { seal } from '@/lib/vault';
import type { Document } from './documents';
import type { Placed } from './parameters';

/** What one write makes of an invoice: its row, its transactions of money and its parcel. */
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
      cash_on_delivery: invoice.cashOnDelivery,
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
    id: identity(invoiceId, row.kind, ...row.key),
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
