import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { Card } from '@/components/ui/card';
import { makeNamesSearchable } from './actions';

interface NamesCardProps {
  readonly projectId: string;
  readonly searchable: boolean;
  readonly unlocked: boolean;
}

export async function NamesCard({ projectId, searchable, unlocked }: NamesCardProps): Promise<ReactElement> {
  const t = await getTranslations('retention.names');
  return (
    <Card title={t('title')}>
      <p className="max-w-prose text-ink text-sm">{searchable ? t('on') : t('off')}</p>
      {unlocked ? (
        <form action={makeNamesSearchable.bind(null, projectId, !searchable)} className="mt-3">
          {searchable ? <p className="mb-3 max-w-prose text-muted text-sm">{t('offNote')}</p> : null}
          <button className={buttonClass('secondary')} type="submit">
            {searchable ? t('turnOff') : t('turnOn')}
          </button>
        </form>
      ) : null}
    </Card>
  );
}
