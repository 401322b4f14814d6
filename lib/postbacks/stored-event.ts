import type { Event, Provider } from '@/lib/providers/provider';
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

/** The event of a stored postback: its bytes parsed anew where they are kept, else the event beside them. */
export function storedEvent({ id, body, keyId, event }: Stored, provider: Provider | undefined): Event | null {
  const stored = event ? writtenEvent(event, provider) : null;
  if (!body || !keyId || !provider) return stored;
  const bytes = open({ sealed: Buffer.from(body, 'base64'), keyId }, `postbacks:${id}`);
  const decoded = provider.decode(bytes);
  const parsed = decoded.ok ? provider.parse(decoded.fields) : null;
  return parsed?.ok ? parsed.event : stored;
}

/** An id may have been written before its spelling was known to say nothing. */
function writtenEvent(json: string, provider: Provider | undefined): Event {
  const event: Event = JSON.parse(json);
  return provider ? { ...event, invoiceId: provider.normaliseInvoiceId(event.invoiceId) } : event;
}

/** What is kept where the bytes are not. */
export function eventWithoutPeople(event: Event): Event {
  return { ...event, people: {} };
}
