import type { Event, Fields, Parsed } from '../provider';
import { present, Reader } from '../reader';
import { statusFor } from '../statuses';
import { wireInstant, wireProse, wireText, wireWord } from '../wire';
import { readDelivery } from './delivery';
import { readMoney } from './payments';
import { readPeople } from './people';
import { FACT_FIELDS, METHODS, STATUSES } from './schema';

/** A session is a UUID, of which the case says nothing. */
export function normaliseSessionId(sent: string): string {
  return sent.toLowerCase();
}

/** An authentic body in our language. Only the session's id and its status can refuse it. */
export function parse(fields: Fields): Parsed {
  const reader = new Reader(fields);
  const id = reader.required('id', wireWord);
  if (!id.ok) return id;
  const status = reader.required('status', wireWord);
  if (!status.ok) return status;
  return { ok: true, event: readEvent(reader, normaliseSessionId(id.value), status.value) };
}

function readEvent(reader: Reader, invoiceId: string, raw: string): Event {
  const { word, step } = statusFor(raw, STATUSES);
  if (word === 'unknown') reader.flag('unknown_status', 'status');
  const event = {
    invoiceId,
    bookkeeping: 'payments',
    status: { word, raw, basis: 'invoice', step },
    orderId: reader.read('metadata.order_id', wireText),
    // Test money is told by its signature alone: no body speaks of it.
    isTest: false,
    createdAt: reader.read('created_at', wireInstant),
    facts: readFacts(reader),
    ...readMoney(reader),
    delivery: readDelivery(reader),
    people: readPeople(reader),
  } as const;
  return { ...event, flags: reader.flags() };
}

function readFacts(reader: Reader): Readonly<Record<string, string>> {
  const texts = Object.entries(FACT_FIELDS).map(([name, path]) => [name, reader.read(path, wireProse)] as const);
  const facts = present(Object.fromEntries(texts));
  const spelling = facts.paytype?.toLowerCase();
  const method = spelling ? (METHODS.get(spelling.replace(/[^a-z]/g, '')) ?? spelling) : null;
  return { ...facts, ...present({ method, delivery_amount: reader.amount('delivery.delivery_amount') }) };
}
