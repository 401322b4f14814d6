import Link from 'next/link';
import type { ReactElement, ReactNode } from 'react';
import { Foreign } from '@/components/foreign';
import { TestBadge } from '@/components/status-badge';

interface LineProps {
  readonly href: string;
  /** What the link is called: an order, or a project. */
  readonly name: string;
  readonly project?: string;
  readonly isTest?: boolean;
  /** Since when, or how long it can still wait. */
  readonly aside: ReactNode;
  /** Another way on, beside the whole line. */
  readonly action?: { readonly href: string; readonly label: string } | null;
  readonly children: ReactNode;
}

/** One thing to do; the whole line leads to it. */
export function Line({ href, name, project, isTest, aside, action, children }: LineProps): ReactElement {
  return (
    <li className="relative flex flex-wrap gap-x-4 border-line-soft border-t py-2 ps-4 pe-4 text-sm first:border-t-0 hover:bg-hover sm:ps-13">
      <div className="min-w-0 flex-1 basis-40 gap-x-6 lg:grid lg:grid-cols-[minmax(0,16rem)_minmax(0,1fr)]">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Link
            className="font-medium text-ink [overflow-wrap:anywhere] after:absolute after:inset-0"
            href={href}
            prefetch={false}
          >
            <Foreign most={48} text={name} />
          </Link>
          {project ? (
            <Foreign className="text-muted text-xs [overflow-wrap:anywhere]" most={40} text={project} />
          ) : null}
          {isTest ? <TestBadge /> : null}
        </p>
        <p className="text-muted [overflow-wrap:anywhere]">
          {children}
          {action ? (
            <Link
              className="relative z-10 ms-2 whitespace-nowrap text-link text-xs"
              href={action.href}
              prefetch={false}
            >
              {action.label}
            </Link>
          ) : null}
        </p>
      </div>
      <div className="shrink-0 text-muted text-xs leading-5">{aside}</div>
    </li>
  );
}
