import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { Tabs } from '@/components/ui/tabs';
import { MAX_UNVERIFIED_BYTES } from '@/lib/postbacks/request';
import type { RawBody } from '@/lib/postbacks/shown-body';
import { visible } from '@/lib/visible';

interface BodyCardProps {
  readonly body: RawBody;
  readonly indented: boolean;
  /** Set when only the first bytes of the body are stored. */
  readonly cut: { readonly size: number; readonly hash: string } | null;
  /** The address of the page, for switching between as sent and indented. */
  readonly here: string;
}

/** Longer bodies are cut on the screen; the bytes are kept whole. */
const MOST_CHARACTERS = 100_000;

/** The bytes as harmless text. */
export function BodyCard({ body, indented, cut, here }: BodyCardProps): ReactElement {
  const t = useTranslations('postbacks.detail');
  const deleted = useTranslations('retention.body');
  if (body.kind === 'deleted') {
    return (
      <Card title={t('body')}>
        <p className="text-muted text-sm">{deleted(body.hash === null ? 'erased' : 'expired')}</p>
        {body.hash ? <code className="mt-1 block break-all font-mono text-ink text-xs">{body.hash}</code> : null}
      </Card>
    );
  }
  if (body.kind !== 'shown') {
    return (
      <Card title={t('body')}>
        <p className="text-muted text-sm">{t(body.kind === 'none' ? 'bodyNone' : 'bodyForbidden')}</p>
      </Card>
    );
  }
  const text = indented && body.indented !== null ? body.indented : body.text;
  const tabs = [
    { href: here, label: t('bodyAsSent'), current: !indented },
    { href: `${here}?body=indented`, label: t('bodyPretty'), current: indented },
  ];
  return (
    <Card
      actions={body.indented === null ? undefined : <Tabs label={t('body')} tabs={tabs} />}
      note={`${t(body.masked ? 'bodyMasked' : 'bodyNote')} ${t('bodyAudited')}`}
      padded={false}
      title={t('body')}
    >
      {cut ? (
        <div className="break-all p-3 pb-0">
          <Notice tone="neutral">{t('bodyCut', { kept: MAX_UNVERIFIED_BYTES, ...cut })}</Notice>
        </div>
      ) : null}
      {body.damaged ? (
        <div className="p-3 pb-0">
          <Notice tone="attention">{t('bodyBadBytes')}</Notice>
        </div>
      ) : null}
      <pre className="whitespace-pre-wrap break-all p-4 font-mono text-ink text-xs leading-5" dir="ltr">
        {visible(text.slice(0, MOST_CHARACTERS))}
      </pre>
    </Card>
  );
}
