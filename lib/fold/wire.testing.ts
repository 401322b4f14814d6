import type { DeliveryClaim, Event, Fields, Instant, Item, PaymentClaim, Value } from '@/lib/providers/provider';

/**
 * The body that says what an event says, for a history that is to go through the real receiver: give it to the sign
 * function of a provider of the event's family. A form can carry it where only the notification speaks.
 */
export function bodyOf(event: Event): Fields {
  return event.bookkeeping === 'transfers' ? cryptoBody(event) : sessionBody(event);
}

function cryptoBody(event: Event): Fields {
  const [claim] = event.payments;
  const isNotification = event.status.basis === 'notification';
  const details = present({
    status: isNotification ? null : event.status.raw,
    test_mode: event.isTest,
    created: event.createdAt && utc(event.createdAt),
    date_finished: claim?.occurredAt ? utc(claim.occurredAt) : null,
    tx_list: claim?.hashes.length ? claim.hashes : null,
    amount_usd: claim?.amountUsd ?? null,
    address: event.facts.address ?? null,
    currency: event.facts.network ? { network: { code: event.facts.network } } : null,
  });
  return present({
    status: isNotification ? event.status.raw : 'success',
    invoice_id: event.invoiceId,
    amount_crypto: claim?.amount ?? '0',
    currency: claim?.currency ?? null,
    order_id: event.orderId,
    invoice_info: Object.keys(details).length > 0 ? details : null,
  });
}

function sessionBody(event: Event): Fields {
  const [only, ...others] = event.payments;
  const payments = others.length > 0 ? { payments: event.payments.map(payment) } : only ? payment(only) : {};
  const { delivery } = event;
  return present({
    id: event.invoiceId,
    status: event.status.raw,
    created_at: event.createdAt,
    paytype: event.facts.method ?? null,
    terminal_name: event.facts.terminal ?? null,
    client_first_name: event.people.client_name ?? null,
    metadata: event.orderId ? { order_id: event.orderId } : null,
    delivery: delivery && parcel(delivery, event.people.recipient_name ?? null),
    refunded_amount: event.refunded ?? null,
    ...payments,
  });
}

function payment({ externalId, amount, items, refunded }: PaymentClaim): Fields {
  const products = items.map(({ description, count, price }: Item) => present({ description, count, price }));
  return present({
    external_id: externalId,
    amount: amount ?? '0',
    refunded_amount: refunded ?? null,
    products: products.length > 0 ? products : null,
  });
}

function parcel(delivery: DeliveryClaim, recipient: string | null): Fields {
  return present({
    express_waybills: delivery.waybills,
    ew_fail_reason: delivery.failureReasons,
    delivery_status_code: delivery.carrier?.code ?? null,
    delivery_status_text: delivery.carrier?.text ?? null,
    recipient_first_name: recipient,
  });
}

/** The crypto family writes UTC without saying so. */
function utc(instant: Instant): string {
  return instant.replace('T', ' ').replace('Z', '');
}

function present(fields: Readonly<Record<string, Value>>): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
