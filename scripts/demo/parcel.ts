import type { Fields } from '@/lib/providers/provider';
import type { Dice } from './dice';
import { type Session, say } from './novapay-body';
import { after, DAY, HOUR, MINUTE, type Posting } from './posting';

/** What NovaPay Checkout and the carrier say of a parcel, after its order is paid or promised. */

/** The first six stand in the provider's own sample. */
export const FAILURES = [
  'Warehouse with this Ref is not exist',
  'Empty RecipientAddressName or ServiceType should be to Doors',
  'Counterparty creation problem. RecipientName incorrect',
  'Recipient counterparty person creation problem.',
  'RecipientsPhone invalid format',
  'AfterpaymentOnGoodsCost is unavailable',
  'Weight is more than the warehouse accepts',
  'CitySender and Sender do not match',
  'Послуга тимчасово недоступна',
] as const;

interface Stop {
  readonly code: string;
  readonly text: string;
  /** Hours since the stop before. */
  readonly hours: number;
}

const HANDED_OVER: readonly Stop[] = [
  { code: '1', text: 'Відправник самостійно створив цю накладну, але ще не надав до відправки', hours: 1 },
  { code: '5', text: 'Відправлення прямує до міста одержувача', hours: 20 },
];
const BRANCH: Stop = { code: '7', text: 'Прибув на відділення', hours: 26 };
const LOCKER: Stop = { code: '8', text: 'Прибув до поштомата', hours: 24 };

const ENDS: readonly (readonly [weight: number, stops: readonly Stop[]])[] = [
  [70, [BRANCH, { code: '9', text: 'Відправлення отримано', hours: 19 }]],
  [24, [LOCKER, { code: '9', text: 'Відправлення отримано', hours: 11 }]],
  [5, [BRANCH, { code: '105', text: 'Припинено зберігання', hours: 170 }]],
  [4, [BRANCH, { code: '102', text: 'Відмова від отримання', hours: 30 }]],
  [2, [{ code: '111', text: 'Невдала спроба доставки через відсутність одержувача', hours: 24 }, BRANCH]],
  [1, [{ code: '3', text: 'Номер не знайдено', hours: 4 }]],
  [1, [{ code: '777', text: 'Проходить додаткову перевірку', hours: 9 }]],
];

const CASH_ENDS: typeof ENDS = [
  [
    80,
    [
      BRANCH,
      { code: '10', text: 'Відправлення отримано. Грошовий переказ створено', hours: 22 },
      { code: '11', text: 'Грошовий переказ видано', hours: 28 },
    ],
  ],
  [20, [BRANCH, { code: '103', text: 'Відмова одержувача', hours: 60 }]],
];

/** From the waybill to the door. */
export function shipped(dice: Dice, of: Session, from: Date, top: Fields = {}): readonly Posting[] {
  const number = dice.weighted([
    [60, `20${dice.digits(12)}`],
    [34, `59${dice.digits(12)}`],
    [2, `NP${dice.digits(9)}UA`],
  ]);
  const parcel: Fields = { express_waybills: [number] };
  const made = after(from, dice.between(20 * MINUTE, 9 * HOUR));
  const end = dice.weighted(of.paytype === 'cash_on_delivery' ? CASH_ENDS : ENDS);
  const stops = dice.chance(0.06) ? [] : [...HANDED_OVER, ...end];
  let at = made;
  const way = stops.map((stop) => {
    at = after(at, stop.hours * HOUR * (0.6 + 0.8 * dice.next()));
    const carrier = { delivery_amount: '70', delivery_status_code: stop.code, delivery_status_text: stop.text };
    return say(of, 'paid', at, { ...parcel, ...carrier }, top);
  });
  return [say(of, 'paid', made, parcel, top), ...way];
}

/** The older postbacks carry the reasons in `metadata`. */
export function waybillFailed(dice: Dice, of: Session, at: Date, reasons: readonly string[]): Posting {
  if (dice.chance(0.3)) return say(of, 'paid', at, {}, { metadata: { source: 'site', ew_fail_reason: reasons } });
  return say(of, 'paid', at, { ew_fail_reason: reasons });
}

export function someFailures(dice: Dice): readonly string[] {
  const first = dice.pick(FAILURES);
  const second = dice.pick(FAILURES);
  return dice.chance(0.35) && second !== first ? [first, second] : [first];
}

/** Somebody mends the order, after an hour or two days. */
export function mendedAfter(dice: Dice, time: Date): Date {
  return after(time, dice.between(HOUR, 2 * DAY));
}
