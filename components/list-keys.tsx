'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { answerCopy } from './list-copies';
import { closeMenus, isMenuOpen } from './list-menus';
import { isTyping, moveBy, panelOf, rowLink } from './list-rows';

/**
 * The script of every list: j and k move, Enter and a plain click open a row beside the list, Escape closes it. It
 * listens once for the whole page, so that rows need none of their own; without it their links lead to full pages.
 */
export function ListKeys({ copied }: { readonly copied: string }): ReactElement {
  const router = useRouter();
  const panel = useSearchParams().get('panel');
  const opened = useRef(false);
  const [said, setSaid] = useState('');
  useFocusOf(panel);

  useEffect(() => {
    const open = (href: string): void => {
      // One step back leads to the list, however many rows were looked at.
      if (document.querySelector('[data-side-panel]')) router.replace(href, { scroll: false });
      else router.push(href, { scroll: false });
      opened.current = true;
    };
    const close = (href: string): void => {
      if (opened.current) router.back();
      else router.replace(href, { scroll: false });
      opened.current = false;
    };
    const click = (event: MouseEvent): void => {
      closeMenus(event.target);
      if (answerCopy(event.target, () => setSaid(copied))) return;
      if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const href = link?.dataset.panel ?? null;
      const closing = link?.dataset.panelClose === undefined ? null : link.getAttribute('href');
      if (href === null && closing === null) return;
      event.preventDefault();
      if (href !== null) open(href);
      else if (closing !== null) close(closing);
    };
    const key = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if (event.key === 'j') moveBy(1);
      else if (event.key === 'k') moveBy(-1);
      else if (event.key === 'Escape' && isMenuOpen()) closeMenus(null);
      else if (event.key === 'Escape') document.querySelector<HTMLElement>('[data-panel-close]')?.click();
    };
    // Before the links' own handlers, which leave alone what was prevented.
    document.addEventListener('click', click, true);
    document.addEventListener('keydown', key);
    return () => {
      document.removeEventListener('click', click, true);
      document.removeEventListener('keydown', key);
    };
  }, [router, copied]);

  return (
    <span aria-live="polite" className="sr-only">
      {said}
    </span>
  );
}

/** What was opened has the focus; what was closed gives it back to its row. */
function useFocusOf(panel: string | null): void {
  const before = useRef(panel);
  useEffect(() => {
    if (before.current === panel) return;
    const last = before.current;
    before.current = panel;
    const next = panel !== null ? panelOf(panel) : last !== null ? rowLink(last) : null;
    next?.focus({ preventScroll: true });
  }, [panel]);
}
