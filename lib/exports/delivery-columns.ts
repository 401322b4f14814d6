import { amount, type Column, orderText, text, time } from './column';
import { instantOf } from './instants';
import { type PeopleColumns, type Person, readPerson } from './person';
import { StoredState } from './stored-state';
import type { Zoned } from './transaction-columns';
import { factOf, testWord } from './transaction-record';

/** As `deliveryScan` reads it. */
export interface DeliveryRow extends PeopleColumns {
  readonly at: string;
  readonly id: string;
  readonly delivery_status: string;
  readonly waybills: string;
  readonly failure_reasons: string;
  readonly carrier_code: string | null;
  readonly carrier_text: string | null;
  readonly provider: string;
  readonly project: string;
  readonly provider_invoice_id: string;
  readonly signer: string;
  readonly order_id: string | null;
  readonly status: string;
  readonly is_test: boolean;
  readonly test_mode_known: boolean;
  readonly currency: string | null;
  readonly state: string;
}

export interface Delivery {
  readonly row: DeliveryRow;
  readonly state: StoredState;
  readonly person: Person;
}

export function toDelivery(row: DeliveryRow): Delivery {
  return { row, state: new StoredState(row.state), person: readPerson(row) };
}

/** A row per parcel, dated by its last change. */
export function deliveryColumns({ zone, clock }: Zoned): readonly Column<Delivery>[] {
  return [
    text('row_id', ({ row }) => {
      return `${row.provider}-${row.provider_invoice_id}-delivery${row.signer === 'test' ? '-test' : ''}`;
    }),
    text('provider', ({ row }) => row.provider),
    text('project', ({ row }) => row.project),
    orderText('order_id', ({ row }) => row.order_id),
    text('invoice_id', ({ row }) => row.provider_invoice_id),
    text('invoice_status', ({ row }) => row.status),
    text('waybill_status', ({ row }) => row.delivery_status),
    text('waybills', ({ row }) => row.waybills),
    text('waybill_error', ({ row }) => row.failure_reasons),
    text('carrier_code', ({ row }) => row.carrier_code),
    text('carrier_text', ({ row }) => row.carrier_text),
    time('updated_at_utc', ({ row }) => instantOf(row.at)),
    time('updated_at_local', ({ row }) => clock(instantOf(row.at))),
    text('timezone', () => zone),
    text('currency', ({ row }) => row.currency),
    amount(
      'delivery_amount',
      (delivery) => factOf(delivery, 'delivery_amount'),
      ({ row }) => row.currency,
    ),
    { ...text('recipient_name', ({ person }: Delivery) => person.recipient_name ?? null), people: true },
    { name: 'recipient_phone', type: 'phone', get: ({ person }) => person.recipient_phone ?? null, people: true },
    { ...text('recipient_address', ({ person }: Delivery) => person.recipient_address ?? null), people: true },
    text('is_test', ({ row }) => testWord(row)),
  ];
}
