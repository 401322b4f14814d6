import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, AreaField, FormMessage, SelectField, SubmitButton, TextField } from '@/components/ui/action-form';
import { buttonClass } from '@/components/ui/button-class';
import { Card } from '@/components/ui/card';
import { KEEP_HOURS, type KeepHours } from '@/lib/projects/change';
import { listLiveSecrets } from '@/lib/projects/live-secrets';
import type { ProjectSummary } from '@/lib/projects/queries';
import { getProvider } from '@/lib/providers';
import { adviceWords } from '../words';
import { enterSecret } from './actions';
import type { Clock } from './banners';
import { LiveSecretFacts } from './live-secret';
import { SecretStrength } from './secret-strength';

interface SecretCardProps {
  readonly project: ProjectSummary;
  readonly clock: Clock;
  readonly manages: boolean;
}

/** Long enough for postbacks that are sent again, too short to be forgotten. */
const KEEP_USUALLY: KeepHours = 24;

/** The secret is entered once and afterwards recognised; a previous one may count beside it for a while. */
export async function SecretCard({ project, clock, manages }: SecretCardProps): Promise<ReactElement> {
  const [t, secrets] = await Promise.all([getTranslations('project.secret'), listLiveSecrets(project.id)]);
  const kind = getProvider(project.provider)?.credential ?? 'secret';
  return (
    <Card id="secret" title={kind === 'public_key' ? t('titlePublicKey') : t('titleSecret')}>
      {secrets.length === 0 ? <p className="text-attention text-sm">{t('none')}</p> : null}
      <div className="space-y-3">
        {secrets.map((secret) => (
          <LiveSecretFacts clock={clock} key={secret.id} manages={manages} project={project} secret={secret} />
        ))}
      </div>
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
      {kind === 'public_key' ? (
        <AreaField autoComplete="off" className="font-mono text-xs" rows={7} spellCheck={false} {...words} />
      ) : (
        <SecretStrength
          label={t('secrets.typed')}
          words={{
            weak: t('secrets.grades.weak'),
            fair: t('secrets.grades.fair'),
            strong: t('secrets.grades.strong'),
          }}
        >
          <TextField autoComplete="off" className="masked-text font-mono" spellCheck={false} {...words} />
        </SecretStrength>
      )}
      {isFirst ? null : (
        <SelectField defaultValue={KEEP_USUALLY} hint={t('secrets.keepHint')} label={t('secrets.keep')} name="keep">
          {KEEP_HOURS.map((hours) => (
            <option key={hours} value={hours}>
              {t(`secrets.keepFor.${hours}`)}
            </option>
          ))}
        </SelectField>
      )}
      <FormMessage />
      <SubmitButton variant="secondary">{t('project.secret.submit')}</SubmitButton>
    </ActionForm>
  );
}
