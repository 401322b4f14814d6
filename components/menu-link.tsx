import type { ReactElement, ReactNode } from 'react';
import { Link } from '@/components/ui/link';
import { Icon } from './ui/icon';

interface MenuLinkProps {
  readonly href: string;
  readonly current: boolean;
  readonly children: ReactNode;
}

/** One choice of a menu; the address is the state. */
export function MenuLink({ href, current, children }: MenuLinkProps): ReactElement {
  return (
    <Link
      aria-current={current ? 'true' : undefined}
      className="flex h-8 items-center justify-between gap-6 whitespace-nowrap rounded-control px-2.5 text-sm hover:bg-hover aria-[current]:font-medium"
      href={href}
      scroll={false}
    >
      {children}
      {current ? <Icon className="text-accent" name="check" size={14} /> : null}
    </Link>
  );
}
