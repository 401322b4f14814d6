import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Time } from '@/components/ui/time';
import { UntrustedText } from '@/components/untrusted-text';
import type { Access } from '@/lib/staff/access';
import { listSessions, type SessionLine } from '@/lib/staff/sessions';
import { endElsewhere, endEverywhere, endOne } from './actions';
import { browserOf } from './browser-of';

interface SessionsCardProps {
  readonly access: Access;
  readonly clock: Clock;
}

/** Where one is signed in. */
export async function SessionsCard({ access, clock }: SessionsCardProps): Promise<ReactElement> {
  const [t, sessions] = await Promise.all([getTranslations('account.sessions'), listSessions(access)]);
  return (
    <Card note={t('note')} title={t('title')}>
      <ul className="grid grid-cols-1 gap-3">
        {sessions.map((session) => (
          <Line clock={clock} key={session.id} session={session} />
        ))}
      </ul>
      <div className="mt-4 flex flex-wrap gap-2 border-line-soft border-t pt-4">
        {sessions.length > 1 ? (
          <form action={endElsewhere}>
            <Button type="submit">{t('elsewhere')}</Button>
          </form>
        ) : null}
        <form action={endEverywhere}>
          <Button type="submit" variant="danger">
            {t('everywhere')}
          </Button>
        </form>
      </div>
    </Card>
  );
}

interface LineProps {
  readonly session: SessionLine;
  readonly clock: Clock;
}

async function Line({ session, clock }: LineProps): Promise<ReactElement> {
  const t = await getTranslations('account.sessions');
  const { browser, system } = browserOf(session.userAgent ?? '');
  const name = browser && system ? t('browser', { browser, system }) : (browser ?? session.userAgent ?? t('unknown'));
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 break-words font-medium text-ink">
          <UntrustedText most={60} text={name} />
          {session.current ? <Badge tone="good">{t('here')}</Badge> : null}
        </p>
        <p className="mt-0.5 flex flex-wrap gap-x-3 text-muted text-xs">
          <span>
            {t('seen')} <Time at={session.lastSeenAt} {...clock} />
          </span>
          <span>
            {t('since')} <Time at={session.createdAt} {...clock} />
          </span>
          {session.address ? <span className="break-all tabular-nums">{session.address}</span> : null}
        </p>
      </div>
      {session.current ? null : (
        <form action={endOne}>
          <input name="id" type="hidden" value={session.id} />
          <Button aria-label={t('endOf', { name })} size="small" type="submit">
            {t('end')}
          </Button>
        </form>
      )}
    </li>
  );
}
