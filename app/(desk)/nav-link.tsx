'use client';

import { usePathname } from 'next/navigation';
import type { ReactElement, ReactNode } from 'react';
import { Link } from '@/components/ui/link';

interface NavLinkProps {
  readonly href: string;
  readonly label: string;
  /** The icon, drawn on the server. */
  readonly children: ReactNode;
}

/** Marked while its page or one below it is open. */
export function NavLink({ href, label, children }: NavLinkProps): ReactElement {
  const path = usePathname();
  const current = href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
  return (
    <Link
      aria-current={current ? 'page' : undefined}
      className="flex flex-1 flex-col items-center justify-center gap-0.5 rounded-control py-1.5 font-medium text-[0.6875rem] text-muted hover:text-ink aria-[current]:text-ink md:h-9 md:flex-none md:flex-row md:justify-start md:gap-2.5 md:px-2.5 md:py-0 md:text-sm md:aria-[current]:bg-surface md:aria-[current]:shadow-panel md:hover:bg-hover md:max-lg:justify-center md:max-lg:px-0 aria-[current]:[&_svg]:text-accent"
      href={href}
      onClick={({ currentTarget }) => currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()}
      title={label}
    >
      {children}
      <span className="md:max-lg:sr-only">{label}</span>
    </Link>
  );
}
