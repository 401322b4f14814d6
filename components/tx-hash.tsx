import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { explorerLink } from '@/lib/explorers';
import { clip, visible } from '@/lib/visible';
import { CopyHandle } from './copy-handle';
import { Icon } from './ui/icon';
import { Id } from './ui/id';

interface TxHashProps {
  readonly hash: string;
  /** Of the transaction; it names the network. */
  readonly currency: string | null;
  readonly keep?: number;
}

/**
 * A transaction's hash for lists, shortened in the middle. The way to an explorer is a fixed address for the network,
 * and only a hash of that network's form becomes part of it.
 */
export function TxHash({ hash, currency, keep = 6 }: TxHashProps): ReactElement {
  const t = useTranslations('lists');
  const link = explorerLink(currency, hash);
  return (
    <span className="relative inline-flex items-center gap-0.5 whitespace-nowrap">
      <Id keep={keep} value={visible(clip(hash, 120))} />
      <CopyHandle value={hash} />
      {link ? (
        <a
          className="inline-grid size-6 place-items-center rounded-control text-muted hover:bg-hover hover:text-accent"
          href={link}
          rel="noreferrer noopener"
          target="_blank"
          title={t('explorer')}
        >
          <Icon name="external-link" size={13} />
          <span className="sr-only">{t('explorer')}</span>
        </a>
      ) : null}
    </span>
  );
}
