import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { CopyButton } from '@/components/ui/copy-button';
import { Icon } from '@/components/ui/icon';
import { Id } from '@/components/ui/id';
import { explorerLink } from '@/lib/explorers';
import { clip, visible } from '@/lib/visible';

/** A transaction's hash, with a copy button and, where the network is known, the way to a public explorer. */
export function Hash({ hash, currency }: { readonly hash: string; readonly currency: string | null }): ReactElement {
  const t = useTranslations();
  const link = explorerLink(currency, hash);
  return (
    <span className="inline-flex items-center gap-1 text-muted text-xs">
      <Id keep={10} value={visible(clip(hash, 120))} />
      <CopyButton compact copied={t('copy.copied')} label={t('copy.label')} value={hash} />
      {link ? (
        <a className="text-link inline-flex items-center gap-1" href={link} rel="noreferrer noopener" target="_blank">
          {t('invoices.detail.explorer')}
          <Icon name="external-link" size={12} />
        </a>
      ) : null}
    </span>
  );
}
