import { saysPaidOut } from '@/lib/fold/state';
import type { DeliveryClaim, Event, Fields, Provider } from '@/lib/providers/provider';
import { open } from '@/lib/vault';

/** What the ledger keeps of one postback that says what it said. */
export interface Stored {
  readonly id: string;
  /** Base64 of the encrypted bytes; null on a copy, and where they were erased. */
  readonly body: string | null;
  readonly keyId: string | null;
  /** JSON of the event, for where there are no bytes. */
  readonly event: string | null;
}

/** What one postback says: in our language, and as its fields. */
export interface Content {
  /** Null: it cannot be read. */
  readonly event: Event | null;
  /** Null: its bytes are not kept, or cannot be read. */
  readonly fields: Fields | null;
}

/** The event of a stored postback: its bytes parsed anew where they are kept, else the event beside them. */
export function storedEvent(stored: Stored, provider: Provider | undefined): Event | null {
  return storedContent(stored, provider).event;
}

export function storedContent({ id, body, keyId, event }: Stored, provider: Provider | undefined): Content {
  const stored = event ? writtenEvent(event, provider) : null;
  if (!body || !keyId || !provider) return { event: stored, fields: null };
  const bytes = open({ sealed: Buffer.from(body, 'base64'), keyId }, `postbacks:${id}`);
  const decoded = provider.decode(bytes);
  if (!decoded.ok) return { event: stored, fields: null };
  const parsed = provider.parse(decoded.fields);
  return { event: parsed.ok ? parsed.event : stored, fields: decoded.fields };
}

/** An event as some version wrote it: version 0.1 told the spellings of an id apart and did not say that cash was paid out. */
function writtenEvent(json: string, provider: Provider | undefined): Event {
  const written: Event = JSON.parse(json);
  const event = { ...written, delivery: written.delivery ? withPayout(written.delivery) : null };
  return provider ? { ...event, invoiceId: provider.normaliseInvoiceId(event.invoiceId) } : event;
}

function withPayout(delivery: DeliveryClaim): DeliveryClaim {
  const { carrier } = delivery;
  return carrier && saysPaidOut(carrier) ? { ...delivery, carrier: { ...carrier, paidOut: true } } : delivery;
}

/** What is kept where the bytes are not. */
export function eventWithoutPeople(event: Event): Event {
  return { ...event, people: {} };
}
