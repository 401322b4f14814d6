import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ListPage, type ListPageProps, listMetadata } from '@/app/(desk)/lists/list-page';
import { auditList } from '@/lib/audit/audit-list';
import { listAuditChoices } from '@/lib/audit/queries';
import { may } from '@/lib/staff/access';
import { requireRight } from '@/lib/staff/guard';
import { SettingsTabs } from '../settings-tabs';
import { ActPanel } from './act-panel';
import { AuditChoice } from './audit-choice';
import { AuditResults } from './audit-results';

export const generateMetadata = listMetadata('audit');

export default async function AuditPage({ searchParams }: ListPageProps): Promise<ReactElement> {
  const access = await requireRight('seeAudit');
  const [choices, t] = await Promise.all([listAuditChoices(access), getTranslations('audit')]);
  return (
    <ListPage
      access={access}
      controls={({ filter }) => <AuditChoice choices={choices} filter={filter} />}
      exportView="audit"
      list={auditList}
      lookUp={async (_access, filter) => filter}
      note={may(access, 'seeAuditOfOthers') ? undefined : t('noteOwn')}
      panel={{ content: ActPanel, pageOf: () => null }}
      results={AuditResults}
      searchParams={searchParams}
      top={<SettingsTabs access={access} current="audit" />}
    />
  );
}
