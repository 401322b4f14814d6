import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { ActionForm, SubmitButton, TextField } from '@/components/ui/action-form';
import { Notice } from '@/components/ui/notice';
import { confirmForData } from './password-actions';

/** In the place of what deletes for good, until the password was entered again. */
export function DataPassword(): ReactElement {
  const t = useTranslations('retention.password');
  return (
    <Notice icon="key-round" title={t('title')} tone="attention">
      <p>{t('text')}</p>
      <ActionForm action={confirmForData} className="mt-3 grid max-w-sm gap-3 text-ink">
        <TextField autoComplete="current-password" label={t('label')} name="password" required type="password" />
        <div>
          <SubmitButton>{t('submit')}</SubmitButton>
        </div>
      </ActionForm>
    </Notice>
  );
}
