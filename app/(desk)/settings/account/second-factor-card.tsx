import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { ActionForm, FormMessage, FormOnce, SubmitButton, TextField } from '@/components/ui/action-form';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { Fact, Facts } from '@/components/ui/facts';
import { Time } from '@/components/ui/time';
import type { Access } from '@/lib/staff/access';
import { readSecondFactor, type SecondFactor } from '@/lib/staff/second-factor';
import { changeFactor } from './actions';
import { QrCode } from './qr-code';

interface SecondFactorCardProps {
  readonly access: Access;
  readonly clock: Clock;
}

/**
 * One form for every state, so that the codes it shows once stay when the page behind is drawn again: by what was just
 * done, or because a postback came.
 */
export async function SecondFactorCard({ access, clock }: SecondFactorCardProps): Promise<ReactElement> {
  const [t, copy, factor] = await Promise.all([
    getTranslations('account.factor'),
    getTranslations('copy'),
    readSecondFactor(access),
  ]);
  return (
    <Card note={t('note')} title={t('title')}>
      <ActionForm action={changeFactor} className="space-y-4" resets>
        <FormMessage />
        <FormOnce copied={copy('copied')} copy={t('copy')} note={t('once')} />
        {factor.state === 'off' ? <Off /> : null}
        {factor.state === 'begun' ? <Begun secret={factor.secret} uri={factor.uri} /> : null}
        {factor.state === 'on' ? <On clock={clock} factor={factor} /> : null}
      </ActionForm>
    </Card>
  );
}

async function Password(): Promise<ReactElement> {
  const t = await getTranslations('account.factor');
  return (
    <TextField
      autoComplete="current-password"
      hint={t('passwordHint')}
      label={t('password')}
      name="factorPassword"
      required
      type="password"
    />
  );
}

async function Off(): Promise<ReactElement> {
  const t = await getTranslations('account.factor');
  return (
    <>
      <p className="text-muted text-sm">{t('off')}</p>
      <Password />
      <SubmitButton name="act" value="begin" variant="secondary">
        {t('begin')}
      </SubmitButton>
    </>
  );
}

async function Begun({ secret, uri }: { readonly secret: string; readonly uri: string }): Promise<ReactElement> {
  const t = await getTranslations('account.factor');
  return (
    <>
      <p className="text-muted text-sm">{t('scan')}</p>
      <div className="flex flex-wrap items-center gap-4">
        <QrCode label={t('qr')} text={uri} />
        <div className="min-w-0 flex-1 basis-40 text-sm">
          <p className="text-muted">{t('typed')}</p>
          <code className="mt-1 block break-words font-mono text-[0.8125rem] text-ink" data-secret>
            {secret.replace(/(.{4})(?=.)/g, '$1 ')}
          </code>
        </div>
      </div>
      <TextField
        autoComplete="one-time-code"
        className="max-w-40 font-mono tabular-nums"
        inputMode="numeric"
        label={t('code')}
        name="code"
        required
      />
      <div className="flex flex-wrap gap-2">
        <SubmitButton name="act" value="confirm">
          {t('confirm')}
        </SubmitButton>
        <SubmitButton name="act" value="cancel" variant="quiet">
          {t('cancel')}
        </SubmitButton>
      </div>
    </>
  );
}

interface OnProps {
  readonly factor: Extract<SecondFactor, { readonly state: 'on' }>;
  readonly clock: Clock;
}

async function On({ factor, clock }: OnProps): Promise<ReactElement> {
  const t = await getTranslations('account.factor');
  return (
    <>
      <Facts columns={1}>
        <Fact label={t('state')}>
          <Badge tone="good">{t('on')}</Badge>
        </Fact>
        <Fact label={t('since')}>
          <Time at={factor.since} show="absolute" {...clock} />
        </Fact>
        <Fact label={t('codes')}>{t('codesLeft', { count: factor.codesLeft })}</Fact>
      </Facts>
      <Password />
      <div className="flex flex-wrap gap-2">
        <SubmitButton name="act" value="renew" variant="secondary">
          {t('renew')}
        </SubmitButton>
        <SubmitButton name="act" value="off" variant="danger">
          {t('turnOff')}
        </SubmitButton>
      </div>
    </>
  );
}
