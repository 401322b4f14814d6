'use client';

import { useRouter, useSearchParams } from 'next/navigation';
import { type ReactElement, useEffect, useRef, useState } from 'react';
import { meantBy } from './list-clicks';
import { answerCopy } from './list-copies';
import { closeMenus, isMenuOpen } from './list-menus';
import { isTyping, moveBy, panelOf, rowLink } from './list-rows';
import { isOverlayOpen } from './ui/overlay';

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
      if (document.querySelector('[data-side-panel]')) {
        // One step back leads to what it did before, however many rows are looked at.
        router.replace(href, { scroll: false });
      } else {
        router.push(href, { scroll: false });
        opened.current = true;
      }
    };
    const close = (href: string): void => {
      if (opened.current) router.back();
      else router.replace(href, { scroll: false });
      opened.current = false;
    };
    const click = (event: MouseEvent): void => {
      closeMenus(event.target);
      if (answerCopy(event.target, () => setSaid(copied))) return;
      const meant = meantBy(event);
      if (!meant) return;
      event.preventDefault();
      if (meant.act === 'open') open(meant.href);
      else if (meant.act === 'close') close(meant.href);
      else window.open(meant.href, '_blank');
    };
    const key = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
      if (isOverlayOpen()) return;
      if (event.key === 'j') moveBy(1);
      else if (event.key === 'k') moveBy(-1);
      else if (event.key === 'Escape' && isMenuOpen()) closeMenus(null);
      else if (event.key === 'Escape') document.querySelector<HTMLElement>('[data-panel-close]')?.click();
    };
    // Before the links' own handlers, which leave alone what was prevented.
    document.addEventListener('click', click, true);
    document.addEventListener('auxclick', click, true);
    document.addEventListener('keydown', key);
    return () => {
      document.removeEventListener('click', click, true);
      document.removeEventListener('auxclick', click, true);
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
