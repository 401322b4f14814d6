import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { ActionForm, FormMessage, SubmitButton } from '@/components/ui/action-form';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Fact, Facts } from '@/components/ui/facts';
import { Time } from '@/components/ui/time';
import type { StaffLine } from '@/lib/staff/members';
import { resetFactor, switchMember } from '../actions';

interface AccountCardProps {
  readonly member: StaffLine;
  readonly clock: Clock;
  readonly isSelf: boolean;
}

/** Whether and since when they come, and the switch that keeps them out. */
export async function AccountCard({ member, clock, isSelf }: AccountCardProps): Promise<ReactElement> {
  const t = await getTranslations('staffMember.account');
  const disabled = member.disabledAt !== null;
  return (
    <Card title={t('title')}>
      <Facts columns={1}>
        <Fact label={t('state')}>
          {disabled ? (
            <Badge icon="ban" tone="bad">
              {t('disabled')}
            </Badge>
          ) : (
            <Badge tone="good">{t('enabled')}</Badge>
          )}
        </Fact>
        <Fact label={t('since')}>
          <Time at={member.createdAt} show="absolute" {...clock} />
        </Fact>
        <Fact label={t('seen')}>
          {member.lastSeenAt ? <Time at={member.lastSeenAt} show="absolute" {...clock} /> : t('never')}
        </Fact>
        <Fact label={t('factor')}>{member.secondFactor ? t('factorOn') : t('factorOff')}</Fact>
      </Facts>
      {member.secondFactor && !isSelf ? (
        <ActionForm action={resetFactor.bind(null, member.id)} className="mt-4 space-y-3">
          <p className="text-muted text-sm">{t('resetNote')}</p>
          <FormMessage />
          <SubmitButton variant="secondary">{t('reset')}</SubmitButton>
        </ActionForm>
      ) : null}
      <ActionForm action={switchMember.bind(null, member.id)} className="mt-4 space-y-3">
        <input name="disabled" type="hidden" value={disabled ? 'no' : 'yes'} />
        <p className="text-muted text-sm">{disabled ? t('enableNote') : isSelf ? t('ownNote') : t('disableNote')}</p>
        <FormMessage />
        <SubmitButton variant={disabled ? 'secondary' : 'danger'}>{disabled ? t('enable') : t('disable')}</SubmitButton>
      </ActionForm>
    </Card>
  );
}
