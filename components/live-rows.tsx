'use client';

import { type ReactElement, type ReactNode, useState } from 'react';
import { GlidingRows } from './gliding-rows';
import { isReading } from './list-reading';
import { Outline } from './ui/outline';

export interface LiveRow {
  readonly id: string;
  /** Drawn on the server. */
  readonly cells: ReactNode;
}

interface LiveRowsProps {
  readonly label: string;
  readonly head: ReactNode;
  readonly rows: readonly LiveRow[];
  readonly narrow: string;
  /** More columns than fit most screens: scrolls sideways inside itself. */
  readonly wide: boolean;
  /** `{count}` stands for the number. */
  readonly words: { readonly fresh: string; readonly more: string };
  /** The row that stands open beside the list. */
  readonly open: string | null;
}

interface Held {
  readonly given: readonly LiveRow[];
  readonly shown: readonly LiveRow[];
  /** Rows that came while the list was open. */
  readonly arrived: ReadonlySet<string>;
}

const ARROW_UP = 'm5 12 7-7 7 7M12 19V5';

/**
 * Rows that stay where they are while somebody reads: what is new waits behind a pill, what changed changes in its
 * place. Where nobody is in its way it slides in.
 */
export function LiveRows({ label, head, rows, narrow, wide, words, open }: LiveRowsProps): ReactElement {
  const [held, setHeld] = useState<Held>({ given: rows, shown: rows, arrived: new Set() });
  if (held.given !== rows) setHeld(isReading() ? inPlace(held, rows) : replaced(held, rows));
  const known = new Set(held.shown.map(({ id }) => id));
  const fresh = held.given.filter(({ id }) => !known.has(id)).length;

  const show = (): void => {
    setHeld(replaced(held, held.given));
    window.scrollTo({ top: 0 });
  };

  return (
    <>
      <div className="pointer-events-none sticky top-14 z-20 flex h-0 justify-center md:top-3" role="status">
        {fresh > 0 ? (
          <button
            className="pointer-events-auto -mt-3.5 inline-flex h-7 animate-arrive items-center gap-1 whitespace-nowrap rounded-full bg-accent ps-2 pe-3 font-medium text-canvas text-xs shadow-menu hover:opacity-90"
            data-pill=""
            onClick={show}
            type="button"
          >
            <Outline d={ARROW_UP} size={13} />
            {pillWords(words, fresh, fresh === held.given.length && fresh > 1)}
          </button>
        ) : null}
      </div>
      <section
        aria-label={label}
        className={`rounded-panel ${wide ? 'overflow-x-auto' : 'overflow-x-auto xl:overflow-visible'}`}
      >
        <table className="w-full border-separate border-spacing-0 text-sm tabular-nums">
          {head}
          <GlidingRows order={held.shown.map(({ id }) => id).join()}>
            {held.shown.map(({ id, cells }) => (
              <tr
                aria-current={id === open ? 'true' : undefined}
                className={`group relative hover:bg-hover focus-within:bg-hover aria-[current]:bg-accent-soft ${held.arrived.has(id) ? 'animate-arrive' : ''} ${narrow}`}
                key={id}
              >
                {cells}
              </tr>
            ))}
          </GlidingRows>
        </table>
      </section>
    </>
  );
}

function inPlace({ shown, arrived }: Held, rows: readonly LiveRow[]): Held {
  const latest = new Map(rows.map((row) => [row.id, row]));
  return { given: rows, shown: shown.map((row) => latest.get(row.id) ?? row), arrived };
}

function replaced({ shown }: Held, rows: readonly LiveRow[]): Held {
  const known = new Set(shown.map(({ id }) => id));
  return { given: rows, shown: rows, arrived: new Set(rows.map(({ id }) => id).filter((id) => !known.has(id))) };
}

/** Where every row of the page is new, there may be more than the page holds. */
function pillWords({ fresh, more }: LiveRowsProps['words'], count: number, all: boolean): string {
  return (all ? more : fresh).replace('{count}', String(count));
}
