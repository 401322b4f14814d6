import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { ClaimLine } from '@/components/claim';
import { OutcomeBadge } from '@/components/outcome-badge';
import { reasonWords } from '@/components/postback-words';
import { Link } from '@/components/ui/link';
import type { RefusalEntry } from '@/lib/invoices/refusals';
import { claimedStatusOf } from '@/lib/postbacks/claimed-status';
import type { TimelineView } from './timeline';
import { TimelineItem } from './timeline-item';

interface RefusalProps extends TimelineView {
  readonly refusal: RefusalEntry;
}

/** Somebody named this invoice or its order, and nothing of it was taken. */
export function TimelineRefusal({ refusal, clock }: RefusalProps): ReactElement {
  const t = useTranslations('invoicePage.timeline');
  const words = useTranslations('postbacks');
  const reason = reasonWords(words, refusal);
  const claims = refusal.claimedInvoiceId === null ? 'claimsOrder' : 'claimsInvoice';
  return (
    <TimelineItem
      at={refusal.at}
      badge={<OutcomeBadge outcome={refusal.outcome} />}
      clock={clock}
      dot="bg-bad"
      title={t(claims)}
    >
      <div className="grid gap-1 text-muted text-xs">
        <ClaimLine row={refusal} word={claimedStatusOf(refusal)} />
        <p>{t('refusedNote')}</p>
        {reason ? <p>{reason}</p> : null}
        <p>
          <Link className="text-link" href={`/postbacks/${refusal.id}`}>
            {words('open')}
          </Link>
        </p>
      </div>
    </TimelineItem>
  );
}
