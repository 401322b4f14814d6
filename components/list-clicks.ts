/** What a click on a list asks for. */
export interface Meant {
  readonly act: 'open' | 'close' | 'tab';
  readonly href: string;
}

/**
 * A click on a row is a click on its link, also where a text of its own lies above it: so that can have a title and be
 * selected. What the browser does by itself with a link and a modifier key is left to it.
 */
export function meantBy(event: MouseEvent): Meant | null {
  const target = event.target instanceof Element ? event.target : null;
  const direct = target?.closest('a') ?? null;
  const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  if (direct) return isPlain ? ofLink(direct) : null;
  const row = target?.closest('[data-list] tr')?.querySelector<HTMLAnchorElement>('a[data-row]');
  if (!row || !target || target.closest('button, input, label') || event.button === 2 || isSelecting()) return null;
  return isPlain ? ofLink(row) : { act: 'tab', href: row.href };
}

function ofLink(link: HTMLAnchorElement): Meant | null {
  const { panel, panelClose } = link.dataset;
  if (panel !== undefined) return { act: 'open', href: panel };
  return panelClose === undefined ? null : { act: 'close', href: link.getAttribute('href') ?? '/' };
}

/** Somebody drew over a text to copy it. */
function isSelecting(): boolean {
  return window.getSelection()?.isCollapsed === false;
}
