function openMenus(): HTMLDetailsElement[] {
  return [...document.querySelectorAll<HTMLDetailsElement>('details[data-menu][open]')];
}

export function isMenuOpen(): boolean {
  return openMenus().length > 0;
}

/** Closes the menus in which a click did not land, and that in which it chose a link. */
export function closeMenus(target: EventTarget | null): void {
  for (const menu of openMenus()) {
    const inside = target instanceof Element && menu.contains(target);
    if (inside && !target.closest('a')) continue;
    menu.open = false;
    if (target === null) menu.querySelector('summary')?.focus();
  }
}
