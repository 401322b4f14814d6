import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, AreaField, FormMessage, SubmitButton, TextField } from '@/components/ui/action-form';
import { buttonClass } from '@/components/ui/button-class';
import { Card } from '@/components/ui/card';
import { Fact, Facts } from '@/components/ui/facts';
import { Time } from '@/components/ui/time';
import type { ProjectSummary } from '@/lib/projects/queries';
import { getProvider } from '@/lib/providers';
import { adviceWords, secretWords } from '../words';
import { enterSecret } from './actions';
import type { Clock } from './banners';

interface SecretCardProps {
  readonly project: ProjectSummary;
  readonly clock: Clock;
  readonly manages: boolean;
}

/** The secret is entered once and afterwards only recognised. */
export async function SecretCard({ project, clock, manages }: SecretCardProps): Promise<ReactElement> {
  const [t, shown] = await Promise.all([getTranslations('project.secret'), secretWords()]);
  const kind = getProvider(project.provider)?.credential ?? 'secret';
  return (
    <Card id="secret" title={kind === 'public_key' ? t('titlePublicKey') : t('titleSecret')}>
      <Facts columns={1}>
        <Fact label={t('inForce')}>
          {project.secret ? (
            <span className="font-mono text-[0.8125rem]">{shown(project.provider, project.secret.hint)}</span>
          ) : (
            <span className="text-attention">{t('none')}</span>
          )}
        </Fact>
        {project.secret ? (
          <Fact label={t('entered')}>
            <Time at={project.secret.enteredAt} show="absolute" {...clock} />
          </Fact>
        ) : null}
      </Facts>
      {manages ? (
        <details className="group mt-3" open={project.secret === null}>
          <summary className={buttonClass('secondary', 'medium', 'group-open:hidden')}>
            {project.secret ? t('replace') : t('enter')}
          </summary>
          <SecretForm isFirst={project.secret === null} kind={kind} project={project} />
        </details>
      ) : null}
    </Card>
  );
}

interface SecretFormProps {
  readonly project: ProjectSummary;
  readonly kind: 'secret' | 'public_key';
  readonly isFirst: boolean;
}

async function SecretForm({ project, kind, isFirst }: SecretFormProps): Promise<ReactElement> {
  const [t, advice] = await Promise.all([getTranslations(), adviceWords()]);
  const words = {
    name: 'credential',
    label: t(`credential.${kind}.${isFirst ? 'label' : 'replace'}`),
    hint: advice(project.provider, 'credential'),
  };
  return (
    <ActionForm action={enterSecret.bind(null, project.id)} className="space-y-3" resets>
      {isFirst ? null : <p className="text-muted text-sm">{t('project.secret.replaceNote')}</p>}
      {kind === 'public_key' ? (
        <AreaField autoComplete="off" className="font-mono text-xs" rows={7} spellCheck={false} {...words} />
      ) : (
        <TextField autoComplete="off" className="masked-text font-mono" spellCheck={false} {...words} />
      )}
      <FormMessage />
      <SubmitButton variant="secondary">{t('project.secret.submit')}</SubmitButton>
    </ActionForm>
  );
}
