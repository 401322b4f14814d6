import { isFields } from '@/lib/body';
import { withoutContacts, withoutMiddle } from '@/lib/contacts';
import { isList } from '@/lib/json';
import { compare, isPositive } from '@/lib/money';
import type { Decimal, Event, Item, PaymentClaim, Value } from '../provider';
import { present, type Reader } from '../reader';
import { isBlank, type Wire, wireProse, wireText, wireWord } from '../wire';
import { PAYMENT_FACT_FIELDS, PROSE } from './schema';

/** No currency is sent: the provider only moves hryvnias. */
export const CURRENCY = 'UAH';

/** The payments and what was given back of them; a refund at the top of the body belongs to its only payment. */
export function readMoney(reader: Reader): Pick<Event, 'payments' | 'refunded'> {
  const payments = readPayments(reader);
  const refunded = readRefunded(reader, '');
  if (refunded === null) return { payments };
  const [only, ...others] = payments;
  if (!only || others.length > 0) return { payments, refunded };
  return { payments: [{ ...only, refunded: larger(only.refunded, refunded) }] };
}

/** A merchant's setting decides between one payment at the top of the body and a list of them. */
function readPayments(reader: Reader): readonly PaymentClaim[] {
  const list = reader.value('payments');
  if (isList<Value>(list) && list.length > 0) {
    return withDetails(
      reader,
      list.flatMap((value, index) => readListed(reader, value, index)),
    );
  }
  if (!isBlank(list) && !isList(list)) reader.flag('unreadable_field', 'payments');
  const isNamed = !isBlank(reader.value('amount')) || !isBlank(reader.value('external_id'));
  return isNamed ? withDetails(reader, [readPayment(reader, '')]) : [];
}

/** The card of a body with several payments could be any one's, so it is nobody's. */
function withDetails(reader: Reader, payments: readonly PaymentClaim[]): readonly PaymentClaim[] {
  const [only, ...others] = payments;
  if (!only || others.length > 0) return payments;
  const texts = Object.entries(PAYMENT_FACT_FIELDS).map(
    ([name, path]) => [name, reader.read(path, wireOf(path))] as const,
  );
  return [{ ...only, details: present(Object.fromEntries(texts)) }];
}

function wireOf(path: string): Wire<string> {
  if (path === PAYMENT_FACT_FIELDS.card_pan) return wireCard;
  return PROSE.includes(path) ? wireProse : wireWord;
}

/** The provider masks it; where it did not, nothing of ours keeps it whole but the sealed body. */
function wireCard(value: Value): string | null {
  const sent = wireWord(value);
  return sent === null ? null : withoutMiddle(sent);
}

function readListed(reader: Reader, value: Value, index: number): readonly PaymentClaim[] {
  if (isFields(value)) {
    const above = `payments.${index}.`;
    return [{ ...readPayment(reader, above), ...present({ refunded: readRefunded(reader, above) }) }];
  }
  reader.flag('unreadable_field', `payments.${index}`);
  return [];
}

function readPayment(reader: Reader, above: string): PaymentClaim {
  return {
    externalId: reader.read(`${above}external_id`, wireWord),
    hashes: [],
    amount: reader.money(`${above}amount`),
    currency: CURRENCY,
    amountUsd: null,
    occurredAt: null,
    amounts: {},
    items: readItems(reader, `${above}products`),
  };
}

const REFUND_FIELDS = ['refunded_amount', 'refund_amount'] as const;

/** The total given back so far; nothing yet is null, absent or zero. */
function readRefunded(reader: Reader, above: string): Decimal | null {
  let total: Decimal | null = null;
  for (const field of REFUND_FIELDS) {
    const sent = reader.amount(`${above}${field}`);
    if (sent?.startsWith('-')) reader.flag('not_money', `${above}${field}`);
    else if (sent !== null && isPositive(sent)) total = larger(total ?? undefined, sent);
  }
  return total;
}

function larger(a: Decimal | undefined, b: Decimal): Decimal {
  return a !== undefined && compare(a, b) > 0 ? a : b;
}

function readItems(reader: Reader, path: string): readonly Item[] {
  const list = reader.value(path);
  if (isBlank(list)) return [];
  if (isList<Value>(list)) return list.flatMap((value, index) => readItem(reader, value, `${path}.${index}`));
  reader.flag('unreadable_field', path);
  return [];
}

function readItem(reader: Reader, value: Value, path: string): readonly Item[] {
  if (!isFields(value)) {
    reader.flag('unreadable_field', path);
    return [];
  }
  const description = withoutContacts(reader.read(`${path}.description`, wireText) ?? '');
  return [{ description, count: reader.amount(`${path}.count`), price: reader.amount(`${path}.price`) }];
}
