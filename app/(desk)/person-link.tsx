'use client';

import type { ReactElement, ReactNode } from 'react';
import { Link } from '@/components/ui/link';

interface PersonLinkProps {
  readonly href: string;
  readonly children: ReactNode;
}

/** The page changes under a popover without closing it. */
export function PersonLink({ href, children }: PersonLinkProps): ReactElement {
  return (
    <Link
      className="flex h-8 w-full items-center gap-2 rounded-control px-2.5 text-sm hover:bg-hover"
      href={href}
      onClick={({ currentTarget }) => currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()}
    >
      {children}
    </Link>
  );
}
