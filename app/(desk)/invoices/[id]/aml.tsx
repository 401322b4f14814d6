import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { factWords } from '@/components/fact-words';
import { Card } from '@/components/ui/card';
import { Fact, Facts } from '@/components/ui/facts';
import type { Value } from '@/lib/providers/provider';
import { clip, visible } from '@/lib/visible';
import { fieldLines } from './field-lines';
import { SearchableLines } from './searchable-lines';

interface AmlCardProps {
  /** `aml_enabled`, `aml_side` and whatever else the provider says of them. */
  readonly facts: Readonly<Record<string, string>>;
  readonly checks: Value | null;
}

const FACTS = ['aml_enabled', 'aml_side'] as const;

/** Anti-money-laundering checks. Their shape is documented nowhere, so they are shown as they came. */
export function AmlCard({ facts, checks }: AmlCardProps): ReactElement | null {
  const t = useTranslations();
  const words = useTranslations('invoices.factValue');
  if (checks === null && facts.aml_enabled !== 'true') return null;
  const lines = checks === null ? [] : fieldLines({ aml_checks: checks });
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
        {lines.length > 0 ? (
          <SearchableLines
            lines={lines}
            words={{ label: t('invoicePage.search.label'), none: t('invoicePage.search.none') }}
          />
        ) : (
          <p className="text-muted text-sm">{t('invoicePage.aml.none')}</p>
        )}
      </div>
    </Card>
  );
}
