import type { ReactElement } from 'react';
import { ListResults } from '@/app/(desk)/lists/list-results';
import type { ViewOf } from '@/app/(desk)/lists/list-view';
import type { auditList } from '@/lib/audit/audit-list';
import { listActs } from '@/lib/audit/queries';
import { recordLookups } from '@/lib/search/people-quota';
import { useActColumns } from './columns';

export async function AuditResults(view: ViewOf<typeof auditList>): Promise<ReactElement> {
  await recordLookups();
  const page = await listActs(view.access, view.filter);
  return <ListResults page={page} useColumns={useActColumns} view={view} />;
}
