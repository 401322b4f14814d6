import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ClaimFacts, isUnverified } from '@/components/claim';
import type { Clock } from '@/components/clock-props';
import { OutcomeBadge } from '@/components/outcome-badge';
import { PanelGone } from '@/components/panel-gone';
import { PanelPart } from '@/components/panel-part';
import { flagWords } from '@/components/postback-words';
import { TestBadge } from '@/components/status-badge';
import { Fact, Facts } from '@/components/ui/facts';
import { Id } from '@/components/ui/id';
import { Link } from '@/components/ui/link';
import { Time } from '@/components/ui/time';
import { UntrustedText } from '@/components/untrusted-text';
import { claimedStatusOf } from '@/lib/postbacks/claimed-status';
import { findPostback, type PostbackDetail } from '@/lib/postbacks/queries';
import { readChanges, readFlags } from '@/lib/postbacks/read-changes';
import { countRecheckable } from '@/lib/postbacks/recheck';
import { getProvider } from '@/lib/providers';
import { type Access, may } from '@/lib/staff/access';
import { visible } from '@/lib/visible';
import { ChangeList } from '../change-list';
import { Explanation } from './[id]/explanation';
import { Results } from './[id]/results';

interface PostbackPanelProps {
  readonly access: Access;
  readonly id: string;
  readonly clock: Clock;
}

/** The verdict on one postback and what it changed, beside the list. Its bytes are on its page, where looking is audited. */
export async function PostbackPanel({ access, id, clock }: PostbackPanelProps): Promise<ReactElement> {
  const [postback, t] = await Promise.all([findPostback(access, id), getTranslations('postbacks')]);
  if (!postback) return <PanelGone />;
  const recheckable = postback.outcome === 'refused' ? await countRecheckable(access, postback.projectId) : 0;
  const flags = readFlags(postback.flags);
  const changes = readChanges(postback.changes);
  return (
    <div className="grid gap-4">
      <div className="grid gap-2 text-sm">
        <p className="flex flex-wrap items-center gap-1.5">
          <OutcomeBadge outcome={postback.outcome} />
          {postback.signer === 'test' ? <TestBadge /> : null}
        </p>
        <p className="text-muted">{t(`outcomeText.${postback.outcome}`)}</p>
      </div>
      <Results clock={clock} postback={postback} />
      <Explanation inPanel mends={may(access, 'sendTestPostback')} postback={postback} recheckable={recheckable} />
      <PanelPart title={t(isUnverified(postback) ? 'claim.title' : 'claim.titleVerified')}>
        <ClaimFacts row={postback} word={claimedStatusOf(postback)} />
      </PanelPart>
      <PanelPart title={t('detail.changed')}>
        {Object.keys(changes).length > 0 ? (
          <ChangeList changes={changes} currency={null} />
        ) : (
          <p className="text-muted text-sm">{t('detail.changedNothing')}</p>
        )}
      </PanelPart>
      {flags.length > 0 ? (
        <PanelPart title={t('detail.flags')}>
          <ul className="grid gap-1.5 text-sm">
            {flags.map(({ code }) => (
              <li key={code}>{flagWords(t, code)}</li>
            ))}
          </ul>
        </PanelPart>
      ) : null}
      <PanelPart title={t('panelFacts')}>
        <PanelFacts clock={clock} postback={postback} />
      </PanelPart>
    </div>
  );
}

function PanelFacts({ postback, clock }: { readonly postback: PostbackDetail; readonly clock: Clock }): ReactElement {
  const t = useTranslations('postbacks');
  const { invoiceId, providerInvoiceId, duplicateOf, duplicates } = postback;
  return (
    <Facts columns={1}>
      <Fact label={t('detail.received')}>
        <Time
          at={postback.receivedAt}
          className="whitespace-normal!"
          now={clock.now}
          show="absolute"
          zone={clock.zone}
        />
      </Fact>
      <Fact label={t('detail.answer')}>{postback.answerStatus}</Fact>
      <Fact label={t('detail.verified')}>{t(`verified.${postback.verified ?? 'none'}`)}</Fact>
      {invoiceId && providerInvoiceId ? (
        <Fact label={t('detail.invoice')}>
          <Link className="text-link" href={`/invoices/${invoiceId}`}>
            <Id keep={10} value={visible(providerInvoiceId)} />
          </Link>
        </Fact>
      ) : null}
      <Fact label={t('detail.project')}>
        <UntrustedText text={postback.project} />
        <span className="ms-1.5 text-muted text-xs">{getProvider(postback.provider)?.label ?? postback.provider}</span>
      </Fact>
      {duplicateOf ? (
        <Fact label={t('detail.duplicateOf')}>
          <Link className="text-link" href={`/postbacks/${duplicateOf}`}>
            {t('detail.openFirst')}
          </Link>
        </Fact>
      ) : (
        <Fact label={t('detail.copies')}>{duplicates}</Fact>
      )}
    </Facts>
  );
}
