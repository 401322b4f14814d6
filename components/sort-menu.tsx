import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Sort } from '@/lib/sort';
import { Menu } from './menu';
import { MenuLink } from './menu-link';

interface SortMenuProps {
  readonly sorts: readonly Sort[];
  readonly sort: Sort;
  readonly hrefOf: (sort: Sort) => string;
}

/** In which order, with the chosen one written on it. */
export function SortMenu({ sorts, sort, hrefOf }: SortMenuProps): ReactElement {
  const t = useTranslations('lists.sort');
  return (
    <Menu small={t(sort)} icon="arrow-up-down" label={<Labelled name={t('label')}>{t(sort)}</Labelled>}>
      {sorts.map((one) => (
        <MenuLink current={one === sort} href={hrefOf(one)} key={one}>
          {t(one)}
        </MenuLink>
      ))}
    </Menu>
  );
}

function Labelled({ name, children }: { readonly name: string; readonly children: string }): ReactElement {
  return (
    <>
      <span className="sr-only">{name}: </span>
      {children}
    </>
  );
}
