import type { CarrierWord, State } from './state';

type Carrier = NonNullable<NonNullable<State['delivery']>['carrier']>;

/**
 * A state as this version has it. Version 0.1 knew no refunds and one word of the carrier; a server of it may still write
 * while the first one of this version serves already.
 */
export function currentState(stored: State): State {
  const { delivery } = stored;
  return {
    ...stored,
    refunds: stored.refunds ?? [],
    cashReceivedAt: stored.cashReceivedAt ?? null,
    payments: stored.payments.map((payment) => (payment.refunds ? payment : { ...payment, refunds: [] })),
    delivery: delivery && { ...delivery, carrier: delivery.carrier && currentCarrier(delivery.carrier, stored) },
  };
}

function currentCarrier(carrier: Carrier | Omit<CarrierWord, 'at'>, { firstReceivedAt }: State): Carrier {
  if (!('status' in carrier)) return carrier;
  const word = { ...carrier, at: firstReceivedAt };
  return {
    received: word.status === 'received' ? word : null,
    refused: word.status === 'refused' ? word : null,
    other: word.status === 'received' || word.status === 'refused' ? null : word,
    paidOutAt: null,
  };
}
