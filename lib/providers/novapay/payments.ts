import { isFields } from '@/lib/body';
import { isList } from '@/lib/json';
import type { Item, PaymentClaim, Value } from '../provider';
import { present, type Reader } from '../reader';
import { isBlank, wireText, wireWord } from '../wire';
import { PAYMENT_FACT_FIELDS } from './schema';

/** No currency is sent: the provider only moves hryvnias. */
export const CURRENCY = 'UAH';

/** A merchant's setting decides between one payment at the top of the body and a list of them. */
export function readPayments(reader: Reader): readonly PaymentClaim[] {
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
  const texts = Object.entries(PAYMENT_FACT_FIELDS).map(([name, path]) => [name, reader.read(path, wireWord)] as const);
  return [{ ...only, details: present(Object.fromEntries(texts)) }];
}

function readListed(reader: Reader, value: Value, index: number): readonly PaymentClaim[] {
  if (isFields(value)) return [readPayment(reader, `payments.${index}.`)];
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
  const description = reader.read(`${path}.description`, wireText) ?? '';
  return [{ description, count: reader.amount(`${path}.count`), price: reader.amount(`${path}.price`) }];
}
