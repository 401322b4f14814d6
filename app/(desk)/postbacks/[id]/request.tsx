import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Card } from '@/components/ui/card';
import { Fact, Facts } from '@/components/ui/facts';
import { UntrustedText } from '@/components/untrusted-text';
import type { StoredRequest } from '@/lib/postbacks/request';

interface RequestCardProps {
  /** Null: nothing of it is stored. */
  readonly request: StoredRequest | null;
}

const PRIVATE = /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cde])/;
const MAX_SHOWN = 4_200;

/** The sender's address, and the headers that sign the body. */
export function RequestCard({ request }: RequestCardProps): ReactElement {
  const t = useTranslations('postbacks.detail');
  if (request === null) {
    return (
      <Card title={t('request')}>
        <p className="text-muted text-sm">{t('requestNone')}</p>
      </Card>
    );
  }
  const { senderAddress, headers } = request;
  return (
    <Card note={t('requestNote')} title={t('request')}>
      <Facts columns={1}>
        <Fact label={t('sender')}>
          {senderAddress ? (
            <span className="break-all font-mono text-xs">{senderAddress}</span>
          ) : (
            <span className="text-muted">{t('senderUnknown')}</span>
          )}
          {senderAddress && PRIVATE.test(senderAddress) ? (
            <span className="mt-0.5 block text-muted text-xs">{t('senderPrivate')}</span>
          ) : null}
        </Fact>
        {Object.entries(headers).map(([name, value]) => (
          <Fact key={name} label={headerName(name)}>
            <UntrustedText className="break-all font-mono text-xs" most={MAX_SHOWN} text={value} />
          </Fact>
        ))}
      </Facts>
    </Card>
  );
}

/** As documentation spells it: `X-Sign-V2`. */
function headerName(name: string): string {
  return name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
