import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { ActionForm, SubmitButton, TextField } from '@/components/ui/action-form';
import { Notice } from '@/components/ui/notice';
import { confirmPassword } from './actions';

/** In the place of the download until the password was entered again. */
export function PasswordAgain(): ReactElement {
  const t = useTranslations('exports.password');
  return (
    <Notice icon="key-round" title={t('title')} tone="attention">
      <p>{t('text')}</p>
      <ActionForm action={confirmPassword} className="mt-3 grid gap-3 text-ink">
        <TextField autoComplete="current-password" label={t('label')} name="password" required type="password" />
        <div>
          <SubmitButton>{t('submit')}</SubmitButton>
        </div>
      </ActionForm>
    </Notice>
  );
}
