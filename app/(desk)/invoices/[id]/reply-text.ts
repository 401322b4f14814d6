import { createTranslator } from 'next-intl';
import type { Clock } from '@/components/clock-props';
import { formatWaybill } from '@/lib/explorers';
import type { ToldCustomer } from '@/lib/invoices/customer-reply';
import { REPLY_LANGUAGE_TAG, type ReplyLanguage } from '@/lib/invoices/reply-language';
import { clip, visible } from '@/lib/visible';
import en from '@/messages/reply/en.json';
import pt from '@/messages/reply/pt.json';
import ru from '@/messages/reply/ru.json';
import uk from '@/messages/reply/uk.json';
import { amountWords } from './amount-words';
import { until } from './until';

const MESSAGES: Readonly<Record<ReplyLanguage, typeof en>> = { en, uk, pt, ru };

/** Right to left inside a sentence of ours, its direction must not reach the words after it. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

/** The reply in the customer's language, with its digits and dates, whatever language the reader's screens have. */
export function replyText(told: ToldCustomer, language: ReplyLanguage, { now, zone }: Clock): string {
  const locale = REPLY_LANGUAGE_TAG[language];
  const t = createTranslator({ locale, messages: MESSAGES[language], timeZone: zone });
  const { sentence, order, amount, missing, currency, payUntil, refunded, parcel } = told;
  const money = (value: string | null): string => (value === null ? '' : amountWords(value, currency, locale));
  const number = isolated(visible(clip(order ?? '', 80)));
  const has = order === null ? 'no' : 'yes';
  const sentences = [
    t(sentence, {
      has,
      number,
      order: t('order', { known: has, order: number }),
      known: amount === null ? 'no' : 'yes',
      amount: money(amount),
      missing: money(missing),
      pay: amount === null ? 'no' : payUntil === null ? 'amount' : 'until',
      until: payUntil === null ? '' : until(payUntil, now, zone, locale),
    }),
    ...(refunded === null ? [] : [t('refunded', { refunded: money(refunded) })]),
    ...(parcel === null ? [] : [t(`parcel.${parcel.sentence}`, numbersOf(parcel.waybills))]),
  ];
  return sentences.join(' ');
}

function numbersOf(waybills: readonly string[]): { readonly tracked: string; readonly waybills: string } {
  const shown = waybills.map((number) => formatWaybill(visible(clip(number, 60)))).join(', ');
  return { tracked: shown === '' ? 'no' : 'yes', waybills: shown };
}
