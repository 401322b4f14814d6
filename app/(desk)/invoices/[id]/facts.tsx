import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { factWords } from '@/components/fact-words';
import { ProviderStatus } from '@/components/provider-status';
import { Card } from '@/components/ui/card';
import { Fact, Facts } from '@/components/ui/facts';
import { Money } from '@/components/ui/money';
import { Time } from '@/components/ui/time';
import { UntrustedText } from '@/components/untrusted-text';
import type { Believed } from '@/lib/invoices/believed';
import type { InvoiceDetail } from '@/lib/invoices/detail';
import { getProvider } from '@/lib/providers';
import { parseInstant } from '@/lib/time';
import { clip, visible } from '@/lib/visible';

/** What is known of the invoice itself. */
export function FactsCard({ detail, clock }: { readonly detail: InvoiceDetail; readonly clock: Clock }): ReactElement {
  const t = useTranslations('invoices');
  const { invoice, project } = detail;
  const time = (at: string): ReactElement => (
    <Time at={at} className="whitespace-normal!" now={clock.now} show="absolute" zone={clock.zone} />
  );
  const label = (name: string): string => (t.has(`fact.${name}`) ? t(`fact.${name}`) : name);
  const facts = factsOf(detail.believed, label, useTranslations('invoices.factValue'), invoice.currency);
  return (
    <Card title={t('detail.facts')}>
      <Facts>
        <Fact label={t('detail.created')}>{time(invoice.createdAt)}</Fact>
        {invoice.paidAt ? <Fact label={t('detail.paidAt')}>{time(invoice.paidAt)}</Fact> : null}
        <Fact label={t('detail.project')}>
          <UntrustedText text={project.name} />
        </Fact>
        <Fact label={t('detail.provider')}>{getProvider(project.provider)?.label ?? project.provider}</Fact>
        {invoice.orderId ? (
          <Fact label={t('detail.order')}>
            <UntrustedText className="break-all" most={120} text={invoice.orderId} />
          </Fact>
        ) : null}
        <Fact label={t('detail.statusRaw')}>
          <ProviderStatus raw={invoice.statusRaw} />
        </Fact>
        {invoice.amountUsd ? (
          <Fact label={t('detail.amountUsd')}>
            <Money amount={invoice.amountUsd} className="whitespace-normal!" currency="USD" />
          </Fact>
        ) : null}
        {facts.map(([name, value]) => (
          <Fact key={name} label={visible(clip(name, 60))}>
            <FactText time={time} value={value} />
          </Fact>
        ))}
      </Facts>
    </Card>
  );
}

/** A fact in words of ours, or as it was sent. */
type FactValue =
  | { readonly kind: 'words'; readonly text: string; readonly sent: string }
  | { readonly kind: 'sent' | 'time'; readonly text: string }
  | { readonly kind: 'money'; readonly text: string; readonly currency: string | null };

function FactText({
  value,
  time,
}: {
  readonly value: FactValue;
  readonly time: (at: string) => ReactElement;
}): ReactElement {
  switch (value.kind) {
    case 'words':
      return <span title={visible(clip(value.sent, 60))}>{value.text}</span>;
    case 'time':
      return time(value.text);
    case 'money':
      return <Money amount={value.text} className="whitespace-normal!" currency={value.currency} />;
    case 'sent':
      return <UntrustedText className="break-all" most={300} text={value.text} />;
  }
}

type Words = ReturnType<typeof useTranslations<'invoices.factValue'>>;

/** Those of the invoice, then each payment's own; with several payments each is named. */
function factsOf(
  believed: Believed,
  label: (name: string) => string,
  t: Words,
  currency: string | null,
): readonly (readonly [string, FactValue])[] {
  const factValue = (name: string, text: string): FactValue => {
    const words = factWords(t, name, text);
    if (words !== null) return { kind: 'words', text: words, sent: text };
    if (name.endsWith('_at') && parseInstant(text) !== null) return { kind: 'time', text };
    return name.endsWith('_amount') ? { kind: 'money', text, currency } : { kind: 'sent', text };
  };
  // The method is the same word in our spelling, so that as sent it says nothing more.
  const { paytype, ...facts } = believed.facts;
  const told = paytype && factWords(t, 'method', facts.method ?? '') === null ? { ...facts, paytype } : facts;
  const own = Object.entries(told).map(([name, text]) => [label(name), factValue(name, text)] as const);
  const several = believed.payments.length > 1;
  const paid = believed.payments.flatMap(({ externalId, details }) =>
    Object.entries(details).map(([name, text]) => {
      return [several ? `${label(name)} · ${externalId}` : label(name), factValue(name, text)] as const;
    }),
  );
  return [...own, ...paid];
}
