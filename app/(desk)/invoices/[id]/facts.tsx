import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Foreign } from '@/components/foreign';
import { Card } from '@/components/ui/card';
import { Fact, Facts } from '@/components/ui/facts';
import { Money } from '@/components/ui/money';
import { Time } from '@/components/ui/time';
import type { Amounts, Believed } from '@/lib/invoices/believed';
import type { InvoiceDetail, Person } from '@/lib/invoices/detail';
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

/** Names, phones and addresses, as far as this role may know them. */
export function PeopleCard({ people }: { readonly people: readonly Person[] }): ReactElement {
  const t = useTranslations('invoices');
  return (
    <Card note={people.some(({ masked }) => masked) ? t('detail.peopleMasked') : undefined} title={t('detail.people')}>
      <Facts>
        {people.map(({ field, value }) => (
          <Fact key={field} label={t(`person.${field}`)}>
            <Foreign most={300} text={value} />
          </Fact>
        ))}
      </Facts>
    </Card>
  );
}

interface AmountsCardProps {
  readonly amounts: readonly Amounts[];
  readonly currency: string | null;
}

/** Fees and the like, as the provider states them; nothing here is in a total. */
export function AmountsCard({ amounts, currency }: AmountsCardProps): ReactElement | null {
  const t = useTranslations('invoices');
  if (amounts.length === 0) return null;
  return (
    <Card title={t('detail.amounts')}>
      <div className="grid gap-4">
        {amounts.map((group) => (
          <Facts key={group.hashes.join(' ')}>
            {Object.entries(group.amounts).map(([name, amount]) => (
              <Fact key={name} label={amountLabel(t, name)}>
                <Money
                  amount={amount}
                  className="whitespace-normal! [overflow-wrap:anywhere]"
                  currency={unitOf(name, currency)}
                />
              </Fact>
            ))}
          </Facts>
        ))}
      </div>
    </Card>
  );
}

function amountLabel(t: ReturnType<typeof useTranslations<'invoices'>>, name: string): string {
  const bare = name.replace(/_usd$/, '');
  return t.has(`amount.${bare}`) ? t(`amount.${bare}`) : visible(clip(name, 40));
}

/** The postback does not say in which currency the order's price is. */
function unitOf(name: string, currency: string | null): string | null {
  if (name.endsWith('_usd')) return 'USD';
  return name === 'fiat_amount' || currency === null ? null : visible(clip(currency, 24));
}
