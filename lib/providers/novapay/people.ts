import { ADDRESS_FIELDS } from '@/lib/address-fields';
import { isFields } from '@/lib/body';
import { isList } from '@/lib/json';
import { snakeCase, wellFormed } from '@/lib/text';
import type { People, Value } from '../provider';
import { present, type Reader } from '../reader';
import { wireWord } from '../wire';
import { NAME_FIELDS } from './schema';

/** Client and recipient differ: one pays, the other opens the door. */
export function readPeople(reader: Reader): People {
  return present({
    client_name: readName(reader, NAME_FIELDS.client),
    client_phone: reader.read('client_phone', wireWord),
    client_email: reader.read('client_email', wireWord),
    client_ip: reader.read('client_ip', wireWord),
    recipient_name: readName(reader, NAME_FIELDS.recipient),
    recipient_phone: reader.read('delivery.recipient_phone', wireWord),
    recipient_address: readAddress(reader.value('delivery')),
  });
}

function readName(reader: Reader, fields: readonly string[]): string | null {
  return joined(
    fields.map((field) => reader.read(field, wireWord) ?? ''),
    ' ',
  );
}

function readAddress(delivery: Value | undefined): string | null {
  if (!isFields(delivery)) return null;
  const names = new Map(Object.keys(delivery).map((name) => [snakeCase(name), name]));
  const sent = ADDRESS_FIELDS.flatMap((field) => names.get(field) ?? []);
  return joined(
    sent.flatMap((field) => texts(delivery[field])),
    ', ',
  );
}

/** An address comes as text or as an object of unknown parts; every text in it belongs to it. */
function texts(value: Value | undefined): readonly string[] {
  if (typeof value === 'string') return [wellFormed(value).trim()];
  if (isList<Value>(value)) return value.flatMap(texts);
  return isFields(value) ? Object.values(value).flatMap(texts) : [];
}

function joined(parts: readonly string[], separator: string): string | null {
  const said = [...new Set(parts.filter(Boolean))];
  return said.length > 0 ? said.join(separator) : null;
}
