import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { formatWaybill } from '@/lib/explorers';
import type { CustomerAnswer } from '@/lib/invoices/customer-answer';
import { clip, visible } from '@/lib/visible';
import { amountWords } from './amount-words';

/** A sentence for whoever asks after their order, ready to be pasted. */
export function AnswerCard({ answer }: { readonly answer: CustomerAnswer }): ReactElement {
  const t = useTranslations();
  const text = useAnswerText(answer);
  return (
    <Card
      actions={<CopyButton copied={t('copy.copied')} label={t('copy.label')} value={text} />}
      title={t('invoicePage.answer.title')}
    >
      <p className="text-ink text-sm [overflow-wrap:anywhere]" data-answer>
        {text}
      </p>
    </Card>
  );
}

/** Right to left inside a sentence of ours, its direction must not reach the words after it. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

function isolated(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

function useAnswerText({ sentence, order, amount, currency, missing, parcel }: CustomerAnswer): string {
  const t = useTranslations('invoicePage.answer');
  const money = (value: string | null): string => (value === null ? t('noAmount') : amountWords(value, currency));
  const named = t('order', { has: order === null ? 'no' : 'yes', order: isolated(visible(clip(order ?? '', 80))) });
  const paid = t(sentence, { order: named, amount: money(amount), missing: money(missing) });
  if (!parcel) return paid;
  const waybill = parcel.waybills.map((number) => formatWaybill(visible(clip(number, 60)))).join(', ');
  return `${paid} ${t(`parcel.${parcel.sentence}`, { waybill })}`;
}
