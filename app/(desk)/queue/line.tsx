import type { ReactElement, ReactNode } from 'react';
import { TestBadge } from '@/components/status-badge';
import { buttonClass } from '@/components/ui/button-class';
import { Icon } from '@/components/ui/icon';
import { Link } from '@/components/ui/link';
import { UntrustedText } from '@/components/untrusted-text';

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
  /** How it is named in the form of the queue; null: it is settled elsewhere. */
  readonly done?: { readonly value: string; readonly select: string; readonly mark: string } | null;
  readonly children: ReactNode;
}

/** One thing to do; the whole line leads to it. */
export function Line({ href, name, project, isTest, aside, action, done, children }: LineProps): ReactElement {
  return (
    <li className="group/line relative flex flex-wrap gap-x-4 border-line-soft border-t py-2 ps-11 pe-4 text-sm first:border-t-0 focus-within:bg-hover hover:bg-hover has-checked:bg-accent-soft sm:ps-13">
      {done ? (
        <label className="absolute start-0 top-0 z-10 grid h-9 w-11 cursor-pointer place-items-center sm:w-13">
          <input className="size-4 accent-accent" name="item" type="checkbox" value={done.value} />
          <span className="sr-only">{done.select}</span>
        </label>
      ) : null}
      <div className="min-w-0 flex-1 basis-40 gap-x-6 lg:grid lg:grid-cols-[minmax(0,16rem)_minmax(0,1fr)]">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <Link
            className="font-medium text-ink [overflow-wrap:anywhere] after:absolute after:inset-0"
            data-row={href}
            href={href}
          >
            <UntrustedText most={48} text={name} />
          </Link>
          {project ? (
            <UntrustedText className="text-muted text-xs [overflow-wrap:anywhere]" most={40} text={project} />
          ) : null}
          {isTest ? <TestBadge /> : null}
        </p>
        <p className="text-muted [overflow-wrap:anywhere]">
          {children}
          {action ? (
            <Link className="relative z-10 ms-2 whitespace-nowrap text-link text-xs" href={action.href}>
              {action.label}
            </Link>
          ) : null}
        </p>
      </div>
      <div className="flex shrink-0 items-end gap-x-3 gap-y-2 text-muted text-xs leading-5 max-sm:flex-col sm:items-start">
        {aside}
        {done ? (
          <button
            className={`${buttonClass('secondary', 'small')} relative z-10 sm:-my-1`}
            name="one"
            title={done.mark}
            type="submit"
            value={done.value}
          >
            <Icon name="check" size={14} />
            <span className="max-sm:sr-only">{done.mark}</span>
            <span className="sr-only">: {name}</span>
          </button>
        ) : null}
      </div>
    </li>
  );
}
