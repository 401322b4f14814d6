import { useSearchParams } from 'next/navigation';

const PANEL = 'panel';
const UUID = /^[0-9a-f-]{36}$/;

/** The row that the address opens beside the list. */
export function useOpenRow(): string | null {
  const id = useSearchParams().get(PANEL);
  return id !== null && UUID.test(id) ? id : null;
}

/** This list with another row beside it, or with none. */
export function addressWith(id: string | null): string {
  const { pathname, search } = window.location;
  const others = search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !pair.startsWith(`${PANEL}=`));
  const all = id === null ? others : [...others, `${PANEL}=${id}`];
  return all.length > 0 ? `${pathname}?${all.join('&')}` : pathname;
}
