/** A row of a table, or a line of the queue. */
const ROW = 'tr, li';

/** The rows of the list on this page, as the keyboard goes through them. */
function rowLinks(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-list] a[data-row]')];
}

export function rowLink(id: string): HTMLElement | null {
  return rowLinks().find((link) => link.dataset.row === id) ?? null;
}

export function panelOf(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-side-panel="${CSS.escape(id)}"]`);
}

/** From the row that has the focus, else from the one that stands open, else onto the first. */
export function moveBy(step: 1 | -1): void {
  const links = rowLinks();
  const open = document.querySelector<HTMLElement>('[data-side-panel]')?.dataset.sidePanel;
  const row = document.activeElement?.closest(ROW) ?? null;
  const focused = links.findIndex((link) => row !== null && link.closest(ROW) === row);
  const from = focused >= 0 ? focused : links.findIndex((link) => link.dataset.row === open);
  const to = from < 0 ? 0 : Math.min(links.length - 1, Math.max(0, from + step));
  links[to]?.focus({ preventScroll: true });
  links[to]?.closest(ROW)?.scrollIntoView({ block: 'nearest' });
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, textarea, [contenteditable]') !== null;
}
