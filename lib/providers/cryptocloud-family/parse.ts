import { isFields } from '@/lib/body';
import { parseJson } from '@/lib/json';
import { compare, isPositive } from '@/lib/money';
import type { Decimal, Event, Fields, Parsed, PaymentClaim, People, Value } from '../provider';
import { gather, present, Reader } from '../reader';
import { type KnownStatus, statusFor } from '../statuses';
import { isBlank, wireInstant, wireNumber, wireProse, wireText, wireTexts, wireToggle, wireWord } from '../wire';
import { normaliseInvoiceId } from './invoice-id';
import { AMOUNT_FIELDS, FACT_FIELDS, INSTANT_FACTS, PROSE } from './schema';

export const STATUSES: ReadonlyMap<string, KnownStatus> = new Map(
  (['created', 'paid', 'partial', 'overpaid', 'canceled'] as const).map((word) => [word, { word, step: 0 }]),
);
const AMOUNTS = Object.entries(AMOUNT_FIELDS);
const FACTS = Object.entries(FACT_FIELDS);
const INSTANTS = Object.entries(INSTANT_FACTS);
/** JSON null printed by Python or JavaScript into a text. */
export const NO_ORDER: ReadonlySet<string> = new Set(['None', 'null']);

/** An authentic body in our language. Only the four required fields can refuse it. */
export function parse(fields: Fields): Parsed {
  const reader = new Reader(withDetails(fields));
  const status = reader.required('status', wireWord);
  if (!status.ok) return status;
  const invoiceId = reader.required('invoice_id', wireInvoiceId);
  if (!invoiceId.ok) return invoiceId;
  const amount = reader.required('amount_crypto', wireNumber);
  if (!amount.ok) return amount;
  const currency = reader.required('currency', wireWord);
  if (!currency.ok) return currency;
  return { ok: true, event: readEvent(reader, invoiceId.value, status.value, currency.value) };
}

/** A prefix alone names nothing. */
function wireInvoiceId(value: Value): string | null {
  return normaliseInvoiceId(wireWord(value) ?? '') || null;
}

/** Some senders put the details into the body as a JSON text. */
function withDetails(fields: Fields): Fields {
  const details = Object.hasOwn(fields, 'invoice_info') ? fields.invoice_info : null;
  if (typeof details !== 'string' || isBlank(details)) return fields;
  const parsed = parseJson(details);
  return parsed.ok && isFields(parsed.value) ? { ...fields, invoice_info: parsed.value } : fields;
}

function readEvent(reader: Reader, invoiceId: string, outcome: string, currency: string): Event {
  checkDetails(reader, invoiceId);
  const event = {
    invoiceId,
    bookkeeping: 'transfers',
    status: readStatus(reader, outcome),
    orderId: readOrder(reader),
    isTest: reader.read('invoice_info.test_mode', wireToggle),
    createdAt: reader.read('invoice_info.created', wireInstant),
    facts: readFacts(reader),
    payments: [readPayment(reader, currency)],
    delivery: null,
    people: readPeople(reader),
  } as const;
  return { ...event, flags: reader.flags() };
}

function checkDetails(reader: Reader, invoiceId: string): void {
  const details = reader.value('invoice_info');
  if (!isFields(details)) reader.flag('no_details');
  if (!isFields(details) && !isBlank(details)) reader.flag('unreadable_field', 'invoice_info');
  const uuid = reader.read('invoice_info.uuid', wireWord);
  const namesAnother = uuid !== null && normaliseInvoiceId(uuid) !== invoiceId;
  if (namesAnother) reader.flag('unreadable_field', 'invoice_info.uuid');
}

/** `status` says how the notification went, `invoice_info.status` what the invoice is: an overpaid one is a success. */
function readStatus(reader: Reader, outcome: string): Event['status'] {
  const own = reader.read('invoice_info.status', wireWord);
  const raw = own ?? outcome;
  const known = statusFor(raw, STATUSES);
  if (known.word === 'unknown') reader.flag('unknown_status', own === null ? 'status' : 'invoice_info.status');
  return { word: known.word, raw, basis: own === null ? 'notification' : 'invoice', step: known.step };
}

function readOrder(reader: Reader): string | null {
  const order = reader.read('order_id', wireText);
  return order === null || NO_ORDER.has(order.trim()) ? null : order;
}

function readPayment(reader: Reader, currency: string): PaymentClaim {
  const amount = reader.money('amount_crypto');
  const amounts = readAmounts(reader);
  const paid = amounts.paid ?? null;
  const disagree = amount !== null && paid !== null && isPositive(paid) && compare(amount, paid) !== 0;
  if (disagree) reader.flag('amounts_disagree', 'invoice_info.amount_paid');
  return {
    externalId: null,
    hashes: reader.read('invoice_info.tx_list', wireTexts) ?? [],
    amount,
    currency,
    amountUsd: positive(amounts.paid_usd) ?? positive(reader.amount('invoice_info.amount_usd')),
    occurredAt: reader.read('invoice_info.date_finished', wireInstant),
    amounts,
    items: [],
  };
}

function readAmounts(reader: Reader): Readonly<Record<string, Decimal>> {
  return gather(AMOUNTS, (path) => reader.amount(path));
}

function positive(amount: Decimal | null | undefined): Decimal | null {
  return amount && isPositive(amount) ? amount : null;
}

function readFacts(reader: Reader): Readonly<Record<string, string>> {
  const texts = gather(FACTS, (path) => readFact(reader, path));
  return Object.assign(
    texts,
    gather(INSTANTS, (path) => reader.read(path, wireInstant)),
  );
}

/** true and false are facts too. */
function readFact(reader: Reader, path: string): string | null {
  const value: Value | undefined = reader.value(path);
  if (typeof value === 'boolean') return String(value);
  return reader.read(path, PROSE.includes(path) ? wireProse : wireWord);
}

function readPeople(reader: Reader): People {
  const email = reader.read('invoice_info.email', wireWord) ?? reader.read('invoice_info.user_email', wireWord);
  return present({ client_email: email ?? reader.read('email', wireWord) });
}
