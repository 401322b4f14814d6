import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Card } from '@/components/ui/card';
import { Fact, Facts } from '@/components/ui/facts';
import { Id } from '@/components/ui/id';
import { Link } from '@/components/ui/link';
import { Time } from '@/components/ui/time';
import { UntrustedText } from '@/components/untrusted-text';
import type { PostbackDetail } from '@/lib/postbacks/queries';
import { getProvider } from '@/lib/providers';
import { visible } from '@/lib/visible';

interface PostbackFactsProps {
  readonly postback: PostbackDetail;
  readonly clock: Clock;
}

/** How it came, how it was verified, and where it belongs. */
export function PostbackFacts({ postback, clock }: PostbackFactsProps): ReactElement {
  const t = useTranslations('postbacks');
  const secrets = useTranslations('secrets');
  const { invoiceId, providerInvoiceId, duplicateOf, contentType, userAgent, reasonField } = postback;
  const { secretHint, secretEnteredAt } = postback;
  const header = (text: string | null): ReactElement =>
    text ? (
      <UntrustedText className="break-all font-mono text-xs" most={300} text={text} />
    ) : (
      <span className="text-muted">{t('detail.none')}</span>
    );
  return (
    <Card>
      <Facts>
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
        <Fact label={t('detail.signer')}>{postback.signer ? t(`signer.${postback.signer}`) : t('verified.none')}</Fact>
        {secretHint !== null && secretEnteredAt !== null ? (
          <Fact label={secrets('signedWith')}>
            <span className="font-mono text-[0.8125rem]">{secrets('hint', { hint: secretHint })}</span>
            <span className="ms-1.5 text-muted text-xs">
              {secrets('entered')} <Time at={secretEnteredAt} now={clock.now} show="absolute" zone={clock.zone} />
            </span>
          </Fact>
        ) : null}
        <Fact label={t('detail.project')}>
          <UntrustedText text={postback.project} />
          <span className="ms-1.5 text-muted text-xs">
            {getProvider(postback.provider)?.label ?? postback.provider}
          </span>
        </Fact>
        <Fact label={t('detail.invoice')}>
          {invoiceId && providerInvoiceId ? (
            <Link className="text-link" href={`/invoices/${invoiceId}`}>
              <Id keep={10} value={visible(providerInvoiceId)} />
            </Link>
          ) : (
            <span className="text-muted">{t('detail.none')}</span>
          )}
        </Fact>
        <Fact label={t('detail.contentType')}>{header(contentType)}</Fact>
        <Fact label={t('detail.userAgent')}>{header(userAgent)}</Fact>
        <Fact label={t('detail.size')}>{t('detail.bytes', { count: postback.bodySize })}</Fact>
        {reasonField ? (
          <Fact label={t('detail.field')}>
            <UntrustedText className="break-all font-mono text-xs" most={120} text={reasonField} />
          </Fact>
        ) : null}
        {duplicateOf ? (
          <Fact label={t('detail.duplicateOf')}>
            <Link className="text-link" href={`/postbacks/${duplicateOf}`}>
              {t('detail.openFirst')}
            </Link>
          </Fact>
        ) : (
          <Fact label={t('detail.copies')}>{postback.duplicates}</Fact>
        )}
      </Facts>
    </Card>
  );
}
