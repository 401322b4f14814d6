import { useTranslations } from 'next-intl';
import type { ReactElement, ReactNode } from 'react';
import { Link } from '@/components/ui/link';
import { Icon } from './ui/icon';

interface SidePanelProps {
  readonly id: string;
  /** What stands open, for people who cannot see it. */
  readonly label: string;
  /** The list without it. */
  readonly close: string;
  /** Its own page, where it has one. */
  readonly full: string | null;
  readonly children: ReactNode;
}

const BUTTON =
  'inline-flex h-8 items-center gap-1.5 rounded-control px-2.5 font-medium text-muted text-xs hover:bg-hover hover:text-ink';

/** One row of a list, open beside it; the address says so. On a phone it covers the list. */
export function SidePanel({ id, label, close, full, children }: SidePanelProps): ReactElement {
  const t = useTranslations('lists.panel');
  return (
    <aside
      aria-label={label}
      className="fixed inset-y-0 end-0 z-40 flex w-full animate-panel flex-col border-line bg-surface shadow-menu focus-visible:outline-none md:max-w-md md:border-s"
      data-side-panel={id}
      tabIndex={-1}
    >
      <header className="flex shrink-0 items-center justify-between gap-2 border-line border-b px-2.5 py-2">
        {full ? (
          <Link className={BUTTON} href={full}>
            <Icon name="maximize-2" size={14} />
            {t('full')}
          </Link>
        ) : (
          <span />
        )}
        <Link className={BUTTON} data-panel-close="" href={close} replace scroll={false}>
          {t('close')}
          <Icon name="x" size={15} />
        </Link>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-4 pb-10">{children}</div>
    </aside>
  );
}
