'use client';

import { Component, createRef, type ReactElement, type ReactNode } from 'react';

interface GlidingRowsProps {
  /** The rows' ids in their order: only where it changes does anything glide. */
  readonly order: string;
  readonly children: ReactNode;
}

type Tops = ReadonlyMap<Element, number>;

const GLIDE = 'glide';
const TIMING = { id: GLIDE, duration: 200, easing: 'cubic-bezier(0.2, 0, 0, 1)' };

/**
 * The rows of a table that glide to where a change puts them instead of jumping there. A class, because where they stood
 * can be asked only right before React changes the page.
 */
export class GlidingRows extends Component<GlidingRowsProps> {
  private readonly body = createRef<HTMLTableSectionElement>();

  /** Null: nothing changes its place. */
  override getSnapshotBeforeUpdate({ order }: GlidingRowsProps): Tops | null {
    return order === this.props.order ? null : topsOf(this.body.current);
  }

  override componentDidUpdate(_props: GlidingRowsProps, _state: unknown, before: Tops | null): void {
    if (!before || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    for (const row of before.keys()) stopGliding(row);
    for (const [row, top] of topsOf(this.body.current)) {
      const moved = (before.get(row) ?? top) - top;
      if (moved !== 0 && isNear(row))
        row.animate([{ transform: `translateY(${moved}px)` }, { transform: 'none' }], TIMING);
    }
  }

  override render(): ReactElement {
    return (
      <tbody className="max-md:block" ref={this.body}>
        {this.props.children}
      </tbody>
    );
  }
}

/** From the top of the list, so that a page that was scrolled meanwhile moved nothing. */
function topsOf(body: HTMLTableSectionElement | null): Tops {
  const origin = body?.getBoundingClientRect().top ?? 0;
  return new Map([...(body?.rows ?? [])].map((row) => [row, row.getBoundingClientRect().top - origin]));
}

/** On the screen, or just off it: what nobody sees need not be drawn on its way. */
function isNear(row: Element): boolean {
  const { top, bottom } = row.getBoundingClientRect();
  return bottom > -window.innerHeight && top < 2 * window.innerHeight;
}

function stopGliding(row: Element): void {
  for (const animation of row.getAnimations()) if (animation.id === GLIDE) animation.cancel();
}
