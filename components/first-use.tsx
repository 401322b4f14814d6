import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { type NotificationUrl, NotificationUrls } from './notification-urls';
import { LinkButton } from './ui/button';
import { Card } from './ui/card';
import { EmptyState } from './ui/empty-state';

interface FirstUseProps {
  readonly title: string;
  readonly text: string;
  readonly urls: readonly NotificationUrl[];
  /** May add a project. */
  readonly manage: boolean;
  /** May send a test postback. */
  readonly test: boolean;
  /** Where there are projects, but none that fills this list. */
  readonly noProject?: { readonly title: string; readonly text: string };
}

/** A list before anything came: without a project the next step is to add one, else to use its address. */
export function FirstUse({ title, text, urls, manage, test, noProject }: FirstUseProps): ReactElement {
  const t = useTranslations('invoices.empty');
  return (
    <Card padded={false}>
      {urls.length > 0 ? (
        <div className="flex flex-col items-center pb-8">
          <EmptyState icon="inbox" title={title}>
            {text}
          </EmptyState>
          <div className="-mt-12 flex w-full justify-center px-4">
            <NotificationUrls test={test} urls={urls} />
          </div>
        </div>
      ) : (
        <EmptyState
          actions={
            manage ? (
              <LinkButton href="/settings/projects/new" variant="primary">
                {t('addProject')}
              </LinkButton>
            ) : null
          }
          icon="plus"
          title={noProject?.title ?? t('noProjectTitle')}
        >
          {noProject?.text ?? t(manage ? 'noProject' : 'noProjectStaff')}
        </EmptyState>
      )}
    </Card>
  );
}
