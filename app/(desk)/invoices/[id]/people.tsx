import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Card } from '@/components/ui/card';
import { Fact, Facts } from '@/components/ui/facts';
import type { Person } from '@/lib/invoices/people';
import { MaskedPerson } from './masked-person';

const SIDES = ['client', 'recipient'] as const;

interface PeopleCardProps {
  readonly invoiceId: string;
  readonly people: readonly Person[];
}

/** Who pays and who opens the door: often two people. */
export function PeopleCard({ invoiceId, people }: PeopleCardProps): ReactElement | null {
  const t = useTranslations();
  if (people.length === 0) return null;
  const sides = SIDES.map((side) => ({ side, own: people.filter(({ field }) => field.startsWith(`${side}_`)) })).filter(
    ({ own }) => own.length > 0,
  );
  return (
    <Card note={t('invoicePage.people.note')} title={t('invoices.detail.people')}>
      <div className={`grid gap-x-8 gap-y-5 ${sides.length > 1 ? 'sm:grid-cols-2' : ''}`}>
        {sides.map(({ side, own }) => (
          <section key={side}>
            <h3 className="mb-2 font-medium text-muted text-xs">{t(`invoicePage.people.${side}`)}</h3>
            <Facts columns={1}>
              {own.map((person) => (
                <Fact key={person.field} label={t(`invoices.person.${person.field}`)}>
                  <MaskedPerson invoiceId={invoiceId} person={person} />
                </Fact>
              ))}
            </Facts>
          </section>
        ))}
      </div>
    </Card>
  );
}
