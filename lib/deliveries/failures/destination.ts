import { type KnownFailure, listed, MESSAGE_LIST, NOVAPAY_SAMPLE, REPORT_OF_SELECTION } from './failure';

/** Where the parcel is to go. */
export const DESTINATION_FAILURES: readonly KnownFailure[] = [
  {
    code: 'warehouse_unknown',
    place: 'recipient_warehouse',
    messages: [[null, 'Warehouse with this Ref is not exist']],
    sources: [NOVAPAY_SAMPLE],
  },
  {
    code: 'warehouse_missing',
    place: 'recipient_warehouse',
    messages: [[null, 'Empty RecipientAddressName or ServiceType should be to Doors']],
    sources: [NOVAPAY_SAMPLE],
  },
  listed('warehouse_closed', 'recipient_warehouse', [
    ['20000201797', 'RecipientAddress temporary unavailable'],
    ['20000200267', 'RecipientAddress is removed'],
  ]),
  {
    code: 'recipient_city_missing',
    place: 'recipient_city',
    messages: [
      ['20000200104', 'CityRecipient not selected'],
      ['20000200277', 'RecipientCity not selected'],
      ['20000200281', 'RecipientCityName not selected'],
    ],
    sources: [MESSAGE_LIST, REPORT_OF_SELECTION],
  },
  listed('recipient_city_unknown', 'recipient_city', [
    ['20000200102', 'CityRecipient incorrect'],
    ['20000200103', 'CityRecipient not found'],
    ['20000200276', 'RecipientCity is incorrect'],
    ['20000200278', 'RecipientCityName incorrect'],
    ['20000200279', 'RecipientCityName not found'],
    ['20000200166', 'Failed to convert Settlement to city'],
  ]),
  listed('recipient_city_ambiguous', 'recipient_city', [
    ['20000200214', 'More than 1 RecipientCityName found in old AddressSystem'],
  ]),
  listed('recipient_address_missing', 'recipient_address', [
    ['20000200268', 'RecipientAddress not selected'],
    ['20000200274', 'RecipientAddressStreet not selected'],
  ]),
  listed('recipient_address_unknown', 'recipient_address', [
    ['20000200265', 'RecipientAddress does not exists'],
    ['20000200266', 'RecipientAddress is incorrect'],
    ['20000200273', 'RecipientAddressName not found'],
    ['20000200833', 'RecipientContactPersonAddress not found in internet address'],
    ['20000301408', 'RecipientSettlementStreet is invalid'],
  ]),
  listed('recipient_house', 'recipient_address', [
    ['20000200295', 'RecipientHouse incorrect'],
    ['20000200296', 'RecipientHouse not selected'],
    ['20000200271', 'RecipientAddressHouse is invalid'],
    ['20000200272', 'RecipientAddressHouse not selected'],
    ['20000200167', 'Failed to create recipient building'],
    ['20000200169', 'Failed to validate RecipientBuildingNumber'],
    ['20000200294', 'RecipientFlat incorrect'],
    ['20000200270', 'RecipientAddressFlat is invalid'],
  ]),
  listed('service_type', 'recipient_address', [
    ['20000200347', 'ServiceType is empty'],
    ['20000200348', 'ServiceType is incorrect'],
    ['20000200147', 'Delivery must be to the door'],
  ]),
];
