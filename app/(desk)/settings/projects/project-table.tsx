import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Badge } from '@/components/ui/badge';
import { Cell, HeadCell, Row, RowLink, Table, TableHead } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { ProjectSummary } from '@/lib/projects/queries';
import { getTimeZone } from '@/lib/staff/queries';
import { providerLabel, secretWords } from './words';

/** Of a fingerprint, enough to tell two apart in a list. */
const SHOWN = 11;

export async function ProjectTable({
  projects,
}: {
  readonly projects: readonly ProjectSummary[];
}): Promise<ReactElement> {
  const [t, zone, secret] = await Promise.all([getTranslations('projects'), getTimeZone(), secretWords()]);
  const now = new Date();
  return (
    <Table label={t('ofTheList')}>
      <TableHead>
        <HeadCell>{t('columns.name')}</HeadCell>
        <HeadCell className="max-sm:hidden">{t('columns.provider')}</HeadCell>
        <HeadCell>{t('columns.secret')}</HeadCell>
        <HeadCell align="end">{t('columns.last')}</HeadCell>
      </TableHead>
      <tbody>
        {projects.map((project) => (
          <Row key={project.id}>
            <Cell className="max-w-40 truncate sm:max-w-64">
              <RowLink href={`/settings/projects/${project.id}`}>{project.name}</RowLink>
              {project.archivedAt ? (
                <span className="ms-2">
                  <Badge tone="neutral">{t('archived')}</Badge>
                </span>
              ) : null}
            </Cell>
            <Cell className="text-muted max-sm:hidden">{providerLabel(project.provider)}</Cell>
            <Cell>
              {project.secret ? (
                <span className="font-mono text-muted text-xs">
                  {secret(project.provider, project.secret.hint.slice(0, SHOWN))}
                </span>
              ) : (
                <Badge tone="attention">{t('noSecret')}</Badge>
              )}
            </Cell>
            <Cell align="end" className="text-muted">
              {project.lastPostbackAt ? <Time at={project.lastPostbackAt} now={now} zone={zone} /> : t('never')}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
