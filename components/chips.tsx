import { useLocale } from 'next-intl';
import type { ReactElement, ReactNode } from 'react';
import { Link } from '@/components/ui/link';
import { groupDigits } from './ui/digits';

export interface Chip {
  readonly key: string;
  readonly href: string;
  readonly label: ReactNode;
  /** Undefined where nobody counted; text such as `1000+` where nobody counted further. */
  readonly count?: number | string | undefined;
  /** There are at least so many. */
  readonly more?: boolean;
  readonly current: boolean;
}

/** Links that switch a filter on and off. The address is the state, so they work without script. */
export function Chips({ label, chips }: { readonly label: string; readonly chips: readonly Chip[] }): ReactElement {
  const locale = useLocale();
  return (
    <nav aria-label={label} className="-mx-1 overflow-x-auto px-1 py-0.5 [scrollbar-width:none]">
      <ul className="flex gap-1.5 lg:flex-wrap">
        {chips.map(({ key, href, label: word, count, more, current }) => (
          <li key={key}>
            <Link
              aria-current={current ? 'true' : undefined}
              className="inline-flex h-7 items-center gap-1.5 whitespace-nowrap rounded-full border border-line bg-surface px-2.5 text-muted text-xs transition-colors hover:border-line-strong hover:text-ink aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-ink"
              href={href}
              scroll={false}
            >
              {word}
              {count === undefined || (more && count === 0) ? null : (
                <span className="font-normal tabular-nums">{`${groupDigits(String(count), locale)}${more ? '+' : ''}`}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
