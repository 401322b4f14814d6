import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { OutcomeBadge } from '@/components/outcome-badge';
import { reasonWords } from '@/components/postback-words';
import type { RefusalEntry } from '@/lib/invoices/refusals';
import type { TimelineView } from './timeline';
import { TimelineItem } from './timeline-item';

interface RefusalProps extends TimelineView {
  readonly refusal: RefusalEntry;
}

/** Somebody named this invoice and could not prove to be the provider. */
export function TimelineRefusal({ refusal, clock }: RefusalProps): ReactElement {
  const t = useTranslations('invoicePage.timeline');
  const words = useTranslations('postbacks');
  const reason = reasonWords(words, { ...refusal, outcome: 'refused', reasonField: null });
  return (
    <TimelineItem
      at={refusal.at}
      badge={<OutcomeBadge outcome="refused" />}
      clock={clock}
      dot="bg-bad"
      title={t('refused')}
    >
      <div className="grid gap-1 text-muted text-xs">
        <p className="text-ink text-sm">{t('refusedNote')}</p>
        {reason ? <p>{reason}</p> : null}
        <p>
          <Link className="text-link" href={`/postbacks/${refusal.id}`} prefetch={false}>
            {words('open')}
          </Link>
        </p>
      </div>
    </TimelineItem>
  );
}
