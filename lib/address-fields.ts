import { snakeCase } from './text';

/**
 * The parts of a postal address, in any carrier's spelling. One list: what is read into the recipient's address is what
 * pages and raw bodies mask.
 */
const ADDRESS_PARTS = [
  'country',
  'region',
  'area',
  'district',
  'settlement',
  'city',
  'warehouse',
  'branch',
  'postomat',
  'warehouse_number',
  'address',
  'street',
  'building',
  'building_number',
  'house',
  'house_number',
  'flat',
  'apartment',
  'apartment_number',
  'floor',
  'entrance',
  'postal_code',
  'postcode',
  'post_code',
  'zip',
  'zip_code',
] as const;

const SUFFIXES = ['_description', '_name', '_type', '_title', '', '_ref'] as const;

/** Names of fields in a parcel's object, those that people can read before the references. */
export const ADDRESS_FIELDS: readonly string[] = SUFFIXES.flatMap((suffix) =>
  ['recipient_', 'delivery_', ''].flatMap((prefix) => ADDRESS_PARTS.map((part) => `${prefix}${part}${suffix}`)),
);

const ADDRESS_FIELD = new RegExp(`(?:^|[_-])(?:${ADDRESS_PARTS.join('|')})(?:${SUFFIXES.join('|')})$`);

/** Whether a name says that a part of somebody's address stands there, whoever it is named after (`shippingCity`). */
export function isAddressField(name: string): boolean {
  return ADDRESS_FIELD.test(snakeCase(name));
}
