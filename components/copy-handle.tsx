import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Icon } from './ui/icon';

/** A copy button of a list: drawn on the server, and the list's one script answers for all of them. */
export function CopyHandle({
  value,
  quiet = false,
}: {
  readonly value: string;
  readonly quiet?: boolean;
}): ReactElement {
  const t = useTranslations('copy');
  return (
    <button
      className={`group/copy relative inline-grid size-6 shrink-0 place-items-center rounded-control align-middle text-muted hover:bg-hover hover:text-ink data-[copied]:text-good ${quiet ? 'opacity-0 focus-visible:opacity-100 group-hover:opacity-100 data-[copied]:opacity-100 max-md:hidden' : ''}`}
      data-copy={value}
      title={t('label')}
      type="button"
    >
      <Icon className="group-data-[copied]/copy:hidden" name="copy" size={14} />
      <Icon className="hidden group-data-[copied]/copy:block" name="check" size={14} />
      <span className="sr-only">{t('label')}</span>
    </button>
  );
}
