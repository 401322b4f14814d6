import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { LinkButton } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { pageOfList } from '@/lib/exports/address';
import { exportableViews } from '@/lib/exports/ask';
import type { ViewId } from '@/lib/exports/view-names';
import type { Access } from '@/lib/staff/access';

interface ExportButtonProps {
  readonly access: Access;
  readonly view: ViewId;
  /** The address of the list: the file is of the same query. */
  readonly list: string;
}

/** From a list to its file; nothing for those who may not have it. */
export function ExportButton({ access, view, list }: ExportButtonProps): ReactElement | null {
  const t = useTranslations('exports');
  if (!exportableViews(access).includes(view)) return null;
  return (
    <LinkButton href={pageOfList(view, list)}>
      <Icon name="download" />
      {t('button')}
    </LinkButton>
  );
}
