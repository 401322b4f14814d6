import { type KnownFailure, listed, MESSAGE_LIST, NOVAPAY_SAMPLE, REPORT_OF_RECIPIENT } from './failure';

/** Who is to receive the parcel: name and phone. */
export const RECIPIENT_FAILURES: readonly KnownFailure[] = [
  {
    code: 'recipient_phone_format',
    place: 'recipient_phone',
    messages: [['20000300434', 'RecipientsPhone invalid format']],
    sources: [NOVAPAY_SAMPLE, MESSAGE_LIST, REPORT_OF_RECIPIENT],
  },
  listed('recipient_phone_missing', 'recipient_phone', [
    ['20000300435', 'RecipientsPhone is empty'],
    ['20000200292', 'RecipientCounterpartyPhone not selected'],
  ]),
  listed('phone_invalid', 'recipient_phone', [
    ['20000200291', 'RecipientCounterpartyPhone is invalid'],
    ['20000100018', 'The phone number is invalid'],
    ['20000100552', 'Phone invalid format'],
    ['20000100554', 'Phone is incorrect'],
    ['20000100555', 'Phone is invalid'],
    ['20000400477', 'PhoneNumber must contain 10 digits'],
  ]),
  {
    code: 'recipient_name_incorrect',
    place: 'recipient_name',
    messages: [[null, 'Counterparty creation problem. RecipientName incorrect']],
    sources: [NOVAPAY_SAMPLE],
  },
  {
    code: 'recipient_not_created',
    place: 'recipient_name',
    messages: [
      [null, 'Recipient counterparty person creation problem.'],
      ['20000200131', 'Counterparty creation problem'],
    ],
    sources: [NOVAPAY_SAMPLE, MESSAGE_LIST],
  },
  listed('recipient_name_characters', 'recipient_name', [
    ['20000200282', 'RecipientContactName incorrect'],
    ['20000200284', 'RecipientCounterpartyFirstName is invalid'],
    ['20000200285', 'RecipientCounterpartyLastName is invalid'],
    ['20000100526', 'FirstName has invalid characters'],
    ['20000100532', 'LastName has invalid characters'],
    ['20000401537', 'No First Names found'],
  ]),
  listed('recipient_name_incomplete', 'recipient_name', [
    ['20000200283', 'RecipientContactName not selected'],
    ['20000200286', 'RecipientCounterpartyLastName not selected'],
    ['20000100527', 'FirstName is not specified'],
    ['20000100533', 'LastName is not specified'],
    ['20000201598', 'Recipient contact name is not full'],
    ['20000201774', 'ContactRecipient To Doors must be full'],
    ['20000201777', 'ContactRecipient for Afterpayment must be full'],
    ['20000201785', 'ContactRecipient for money transfer to doors must be full'],
  ]),
  listed('recipient_name_repeated', 'recipient_name', [
    ['20000201758', 'RecipientContactName contains repeated words'],
    ['20000201765', 'Contact Recipient contains repeated words'],
  ]),
  listed('recipient_name_too_long', 'recipient_name', [
    ['20000101142', 'String (FirstName LastName Patronymic) is too long'],
    ['20000101699', 'String (FirstName LastName MiddleName) is too long'],
    ['20000100528', 'FirstName too long'],
    ['20000100534', 'LastName too long'],
  ]),
  listed('recipient_patronymic', 'recipient_patronymic', [
    ['20000100549', 'Patronymic has invalid characters'],
    ['20000100551', 'Patronymic too long'],
    ['20000900763', 'MiddleName has invalid characters'],
    ['20000900764', 'MiddleName too long'],
    ['20000101834', 'MiddleName is incorrect'],
    ['20000401538', 'No Middle Names found'],
  ]),
  {
    code: 'recipient_not_selected',
    place: 'recipient_name',
    messages: [
      ['20000300431', 'Recipient not selected'],
      ['20000300401', 'ContactRecipient not selected'],
      ['20000300428', 'Recipient does not exists'],
      ['20000300398', 'ContactRecipient does not exists'],
      ['20000300429', 'Recipient is incorrect'],
      ['20000300399', 'ContactRecipient is incorrect'],
      ['20000200261', 'Recipient is invalid'],
    ],
    sources: [MESSAGE_LIST, REPORT_OF_RECIPIENT],
  },
];
