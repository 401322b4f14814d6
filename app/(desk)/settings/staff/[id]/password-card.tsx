import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { ActionForm, FormMessage, FormOnce, SubmitButton } from '@/components/ui/action-form';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Time } from '@/components/ui/time';
import type { StaffLine } from '@/lib/staff/members';
import { RESET_HOURS } from '@/lib/staff/password-resets';
import { makeResetLink, revokeResetLink } from '../actions';

interface PasswordCardProps {
  readonly member: StaffLine;
  /** Until when a link that was made before can be used. */
  readonly openUntil: string | null;
  readonly clock: Clock;
}

/** For a colleague who forgot the password: a link for them alone, which shows nobody the password. */
export async function PasswordCard({ member, openUntil, clock }: PasswordCardProps): Promise<ReactElement> {
  const [t, copy] = await Promise.all([getTranslations('staffMember.password'), getTranslations('copy')]);
  return (
    <Card title={t('title')}>
      <p className="text-muted text-sm">{t('note', { hours: RESET_HOURS })}</p>
      {openUntil ? (
        <div className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
          <p className="min-w-0 flex-1 basis-48 text-ink">
            {t.rich('open', { time: () => <Time at={openUntil} show="absolute" {...clock} /> })}
          </p>
          <form action={revokeResetLink.bind(null, member.id)}>
            <Button size="small" type="submit" variant="danger">
              {t('revoke')}
            </Button>
          </form>
        </div>
      ) : null}
      <ActionForm action={makeResetLink.bind(null, member.id)} className="mt-4 space-y-3">
        <FormMessage />
        <FormOnce copied={copy('copied')} copy={t('copy')} note={t('once')} />
        <SubmitButton variant="secondary">{t('submit')}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
