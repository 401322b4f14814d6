import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { factWords } from '@/components/fact-words';
import { Card } from '@/components/ui/card';
import { Fact, Facts } from '@/components/ui/facts';
import type { UnmappedFields } from '@/lib/invoices/unmapped-fields';
import { clip, visible } from '@/lib/visible';
import { SentLines } from './sent-lines';

interface AmlCardProps {
  /** `aml_enabled`, `aml_side` and whatever else the provider says of them. */
  readonly facts: Readonly<Record<string, string>>;
  readonly invoiceId: string;
  readonly rest: UnmappedFields | null;
}

const FACTS = ['aml_enabled', 'aml_side'] as const;

/** Anti-money-laundering checks. Their shape is documented nowhere, so they are shown as they came. */
export function AmlCard({ facts, invoiceId, rest }: AmlCardProps): ReactElement | null {
  const t = useTranslations();
  const words = useTranslations('invoices.factValue');
  const lines = rest?.amlChecks ?? [];
  if (lines.length === 0 && facts.aml_enabled !== 'true') return null;
  return (
    <Card title={t('invoicePage.aml.title')}>
      <div className="grid gap-4">
        <Facts>
          {FACTS.flatMap((name) => {
            const value = facts[name];
            if (value === undefined) return [];
            return [
              <Fact key={name} label={t(`invoices.fact.${name}`)}>
                {factWords(words, name, value) ?? visible(clip(value, 60))}
              </Fact>,
            ];
          })}
        </Facts>
        {rest && lines.length > 0 ? (
          <SentLines invoiceId={invoiceId} lines={lines} postbackId={rest.postbackId} />
        ) : (
          <p className="text-muted text-sm">{t('invoicePage.aml.none')}</p>
        )}
      </div>
    </Card>
  );
}
