'use client';

import { type KeyboardEvent, type ReactElement, type ReactNode, useEffect, useRef } from 'react';

interface OverlayProps {
  readonly label: string;
  /** Of the panel: where it stands and how wide it is. */
  readonly className: string;
  /** After Escape, a click beside the panel, or `hidePopover()` by whatever is in it. */
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A dialog over the page, open as long as it is mounted; it keeps the focus and gives it back. A popover and not a modal
 * `<dialog>`: that makes the page behind it inert, and with fifty rows a browser needs 40 to 80 ms to style them all anew.
 */
export function Overlay({ label, className, onClose, children }: OverlayProps): ReactElement {
  const whole = useRef<HTMLDivElement>(null);
  useEffect(() => {
    whole.current?.showPopover();
    reachable(whole.current)[0]?.focus();
  }, []);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the shade beside the dialog; who has no mouse has Escape.
    <div
      className="fixed inset-0 m-0 size-full max-h-none max-w-none overscroll-contain border-0 bg-canvas/70 p-0"
      onKeyDown={keepFocus}
      onMouseDown={({ target, currentTarget }) => target === currentTarget && currentTarget.hidePopover()}
      onToggle={({ newState }) => newState === 'closed' && onClose()}
      popover="auto"
      ref={whole}
    >
      <div
        aria-label={label}
        aria-modal="true"
        className={`outline-none rounded-panel border border-line bg-surface text-ink shadow-menu ${className}`}
        role="dialog"
        tabIndex={-1}
      >
        {children}
      </div>
    </div>
  );
}

/** Keys and clicks are then for what is in it. */
export function isOverlayOpen(): boolean {
  return document.querySelector('[popover]:popover-open') !== null;
}

/** Hides the overlay that something stands in, as Escape does. */
export function closeOverlay(within: Element | null): void {
  within?.closest<HTMLElement>('[popover]')?.hidePopover();
}

function reachable(whole: HTMLElement | null): readonly HTMLElement[] {
  return [...(whole?.querySelectorAll<HTMLElement>('a[href], button, input') ?? [])];
}

/** From the last on to the first, and back; also from the panel itself, which a click on its text gives the focus. */
function keepFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Tab') return;
  const all = reachable(event.currentTarget);
  const [edge, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
  const { target } = event;
  if (target !== edge && all.includes(target as HTMLElement)) return;
  event.preventDefault();
  to?.focus();
}
