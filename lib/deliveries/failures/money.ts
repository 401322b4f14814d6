import {
  type KnownFailure,
  listed,
  MESSAGE_LIST,
  MESSAGE_LIST_COPY,
  NOVAPAY_SAMPLE,
  REPORT_OF_SELECTION,
} from './failure';

/** What is paid at the counter, by whom, and what the parcel is worth. */
export const MONEY_FAILURES: readonly KnownFailure[] = [
  {
    code: 'cash_on_delivery_unavailable',
    place: 'payment',
    messages: [['20000200035', 'AfterpaymentOnGoodsCost is unavailable']],
    sources: [NOVAPAY_SAMPLE, MESSAGE_LIST],
  },
  listed('cash_on_delivery_city', 'recipient_city', [
    ['20000200036', 'AfterpaymentOnGoodsCost is unavailable in selected CityRecipient'],
  ]),
  listed('cash_on_delivery_locker', 'recipient_warehouse', [
    ['20000200031', 'AfterpaymentOnGoodsCost is disabled for InPost'],
    ['20000200032', 'AfterpaymentOnGoodsCost is disabled for Postomat NovaPoshta'],
  ]),
  listed('cash_on_delivery_doors', 'recipient_address', [
    ['20000201590', 'AfterpaymentOnGoodsCost is only for WarehouseWarehouse'],
  ]),
  listed('cash_on_delivery_amount', 'amount', [
    ['20000200033', 'AfterpaymentOnGoodsCost is invalid'],
    ['20000200034', 'AfterpaymentOnGoodsCost is too high'],
    ['20000200037', 'AfterpaymentOnGoodsCost must be filled'],
    ['20000200038', 'AfterpaymentOnGoodsCost to DoorsDoors is too high'],
    ['20000200039', 'AfterpaymentOnGoodsCost to WarehouseDoors is too high'],
  ]),
  {
    code: 'money_back_unavailable',
    place: 'recipient_city',
    messages: [
      ['20000200073', 'Backward Delivery banned in this city'],
      ['20000200078', 'BackwardDelivery Money is unavailable in selected CityRecipient'],
      ['20000201640', 'MoneyTransfer is unavailable'],
      [null, 'BackwardDelivery Money is unavailable, CityRecipient not selected'],
    ],
    sources: [MESSAGE_LIST, REPORT_OF_SELECTION],
  },
  listed('money_back_too_high', 'amount', [
    ['20000200074', 'Backward Delivery Money is too high'],
    ['20000200081', 'BackwardDelivery Money to DoorsDoors is too high'],
    ['20000200082', 'BackwardDelivery Money to WarehouseDoors is too high'],
    ['20000201486', 'BackwardDelivery Money with PaymentCard is too high'],
  ]),
  listed('declared_value', 'amount', [
    ['20000200118', 'Cost is invalid'],
    ['20000200119', 'Cost is too high'],
    ['20000400452', 'Cost is empty'],
    ['20000400453', 'Cost is incorrect'],
  ]),
  listed('payer', 'account', [
    ['20000400475', 'Payer type is incorrect'],
    ['20000200247', 'Payer type not selected'],
    ['20000200249', 'Payment NonCash is unavailable'],
    ['20000201585', 'Payment not available by recipient'],
    ['20000201587', 'Payment not available by recipient to Doors'],
    ['20000201588', 'Payment not available by sender'],
    ['20000201589', 'Payment not available by sender to Doors'],
  ]),
  {
    code: 'finance_suspended',
    place: 'account',
    messages: [
      [
        '20000204095',
        'Вам недоступні фінансові послуги: оплата посилки, грошовий переказ, Сейф-сервіс. Доступ призупинено відповідно вимог законодавства про фінансовий моніторинг',
      ],
    ],
    sources: [MESSAGE_LIST_COPY],
  },
];
