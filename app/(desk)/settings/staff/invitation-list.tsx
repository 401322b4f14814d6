import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Time } from '@/components/ui/time';
import type { InvitationLine } from '@/lib/staff/invitations';
import { revoke } from './actions';

interface InvitationListProps {
  readonly invitations: readonly InvitationLine[];
  readonly clock: Clock;
}

/** Who has a link and has not used it yet. */
export async function InvitationList({ invitations, clock }: InvitationListProps): Promise<ReactElement> {
  const [t, role] = await Promise.all([getTranslations('staffList.invitations'), getTranslations('person.role')]);
  return (
    <Card note={t('note')} title={t('title')}>
      <ul className="grid grid-cols-1 gap-3">
        {invitations.map(({ id, email, role: given, expiresAt }) => (
          <li className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm" key={id}>
            <span className="min-w-0 flex-1 basis-48">
              <span className="block break-words font-medium text-ink">{email}</span>
              <span className="block text-muted text-xs">
                {role(given)} · {t('until')} <Time at={expiresAt} show="absolute" {...clock} />
              </span>
            </span>
            <form action={revoke}>
              <input name="id" type="hidden" value={id} />
              <Button aria-label={t('revokeOf', { email })} size="small" type="submit" variant="danger">
                {t('revoke')}
              </Button>
            </form>
          </li>
        ))}
      </ul>
    </Card>
  );
}
