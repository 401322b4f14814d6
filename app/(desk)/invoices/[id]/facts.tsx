import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Foreign } from '@/components/foreign';
import { Card } from '@/components/ui/card';
import { Fact, Facts } from '@/components/ui/facts';
import { Money } from '@/components/ui/money';
import { Time } from '@/components/ui/time';
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
  const facts = factsOf(detail.believed, label);
  return (
    <Card title={t('detail.facts')}>
      <Facts>
        <Fact label={t('detail.created')}>{time(invoice.createdAt)}</Fact>
        {invoice.paidAt ? <Fact label={t('detail.paidAt')}>{time(invoice.paidAt)}</Fact> : null}
        <Fact label={t('detail.project')}>
          <Foreign text={project.name} />
        </Fact>
        <Fact label={t('detail.provider')}>{getProvider(project.provider)?.label ?? project.provider}</Fact>
        {invoice.orderId ? (
          <Fact label={t('detail.order')}>
            <Foreign className="break-all" most={120} text={invoice.orderId} />
          </Fact>
        ) : null}
        <Fact label={t('detail.statusRaw')}>
          <Foreign text={invoice.statusRaw} />
        </Fact>
        {invoice.amountUsd ? (
          <Fact label={t('detail.amountUsd')}>
            <Money amount={invoice.amountUsd} className="whitespace-normal!" currency="USD" />
          </Fact>
        ) : null}
        {facts.map(([name, value]) => (
          <Fact key={name} label={visible(clip(name, 60))}>
            {value.isTime ? time(value.text) : <Foreign className="break-all" most={300} text={value.text} />}
          </Fact>
        ))}
      </Facts>
    </Card>
  );
}

interface FactValue {
  readonly text: string;
  readonly isTime: boolean;
}

/** Those of the invoice, then each payment's own; with several payments each is named. */
function factsOf(believed: Believed, label: (name: string) => string): readonly (readonly [string, FactValue])[] {
  const own = Object.entries(believed.facts).map(([name, text]) => {
    return [label(name), { text, isTime: name.endsWith('_at') && parseInstant(text) !== null }] as const;
  });
  const several = believed.payments.length > 1;
  const paid = believed.payments.flatMap(({ externalId, details }) =>
    Object.entries(details).map(([name, text]) => {
      return [several ? `${label(name)} · ${externalId}` : label(name), { text, isTime: false }] as const;
    }),
  );
  return [...own, ...paid];
}
