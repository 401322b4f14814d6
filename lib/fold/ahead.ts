import type { Event, Instant } from '@/lib/providers/provider';

const TOLERANCE_MS = 10 * 60_000;

/** True for a time that lies more than ten minutes after the receipt of the message that says it. */
export function isAhead(time: Instant | null | undefined, receivedAt: Instant): boolean {
  return Boolean(time) && Date.parse(time ?? '') > Date.parse(receivedAt) + TOLERANCE_MS;
}

/** The times of a message that cannot be, by the names of their fields. */
export function fieldsAhead({ createdAt, payments }: Event, receivedAt: Instant): readonly string[] {
  return [
    ...(isAhead(createdAt, receivedAt) ? ['created'] : []),
    ...(payments.some((payment) => isAhead(payment.occurredAt, receivedAt)) ? ['date_finished'] : []),
  ];
}
