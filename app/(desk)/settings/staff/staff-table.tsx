import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Badge } from '@/components/ui/badge';
import { Cell, HeadCell, Row, RowLink, Table, TableHead } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { StaffLine } from '@/lib/staff/members';

interface StaffTableProps {
  readonly members: readonly StaffLine[];
  readonly clock: Clock;
  /** Who is looking. */
  readonly self: string;
}

/** On a phone a name has its role under it, and the rest is on the member's own page. */
export async function StaffTable({ members, clock, self }: StaffTableProps): Promise<ReactElement> {
  const t = await getTranslations('staffList');
  return (
    <Table label={t('title')}>
      <TableHead>
        <HeadCell>{t('columns.name')}</HeadCell>
        <HeadCell className="max-sm:hidden">{t('columns.role')}</HeadCell>
        <HeadCell className="max-md:hidden">{t('columns.projects')}</HeadCell>
        <HeadCell className="max-md:hidden">{t('columns.factor')}</HeadCell>
        <HeadCell align="end">{t('columns.seen')}</HeadCell>
      </TableHead>
      <tbody>
        {members.map((member) => (
          <MemberRow clock={clock} key={member.id} member={member} self={self} />
        ))}
      </tbody>
    </Table>
  );
}

interface MemberRowProps {
  readonly member: StaffLine;
  readonly clock: Clock;
  readonly self: string;
}

async function MemberRow({ member, clock, self }: MemberRowProps): Promise<ReactElement> {
  const [t, role] = await Promise.all([getTranslations('staffList'), getTranslations('person.role')]);
  return (
    <Row>
      <Cell className="max-w-44 whitespace-normal py-2 sm:max-w-72">
        <RowLink className="block truncate" href={`/settings/staff/${member.id}`}>
          {member.name}
          {member.id === self ? <span className="font-normal text-muted"> {t('you')}</span> : null}
        </RowLink>
        <span className="block truncate text-muted text-xs" title={member.email}>
          {member.email}
        </span>
        <span className="block text-muted text-xs sm:hidden">{role(member.role)}</span>
      </Cell>
      <Cell className="max-sm:hidden">{role(member.role)}</Cell>
      <Cell className="max-w-56 truncate text-muted max-md:hidden" title={namesOf(member)}>
        {member.projects === 'all' ? t('allProjects') : t('someProjects', { count: member.projects.length })}
      </Cell>
      <Cell className="max-md:hidden">
        {member.secondFactor ? (
          <Badge tone="good">{t('factorOn')}</Badge>
        ) : (
          <Badge tone="neutral">{t('factorOff')}</Badge>
        )}
      </Cell>
      <Cell align="end" className="text-muted">
        <Seen clock={clock} member={member} />
      </Cell>
    </Row>
  );
}

function namesOf({ projects }: StaffLine): string | undefined {
  return projects === 'all' ? undefined : projects.map(({ name }) => name).join(', ');
}

async function Seen({ member, clock }: Omit<MemberRowProps, 'self'>): Promise<ReactElement> {
  const t = await getTranslations('staffList');
  if (member.disabledAt) {
    return (
      <Badge icon="ban" tone="bad">
        {t('disabled')}
      </Badge>
    );
  }
  return member.lastSeenAt ? <Time at={member.lastSeenAt} {...clock} /> : <span>{t('never')}</span>;
}
