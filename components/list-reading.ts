/** Rows may move while the page is this near its top. */
const TOP_PX = 120;

/** Whether rows that move now would move under somebody: scrolled away, pointing at them, in them, or with one open. */
export function isReading(): boolean {
  if (window.scrollY > TOP_PX) return true;
  const list = '[data-list]';
  const inList = document.activeElement?.closest(list) ?? null;
  return inList !== null || document.querySelector(`${list} tr:hover, [data-side-panel]`) !== null;
}
