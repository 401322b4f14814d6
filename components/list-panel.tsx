import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { PanelSkeleton } from './panel-skeleton';
import { type OpenPanel, type Panel, SidePanel } from './side-panel';

interface ListPanelProps {
  readonly given: OpenPanel | null;
  /** A server action: a row that is opened costs neither the server nor the browser the list once more. */
  readonly open: (id: string) => Promise<Panel>;
  readonly label: string;
}

/** The place beside a list for one of its rows. */
export async function ListPanel({ given, open, label }: ListPanelProps): Promise<ReactElement> {
  const t = await getTranslations('lists.panel');
  return (
    <SidePanel
      given={given}
      loading={<PanelSkeleton label={t('loading')} />}
      open={open}
      words={{ label, full: t('full'), close: t('close') }}
    />
  );
}
