import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { AreaField, TextField } from '@/components/ui/action-form';
import type { Provider } from '@/lib/providers/provider';
import { adviceWords } from '../words';

/** One provider, and while it is chosen what has to be entered for it; shown by CSS, so it needs no script. */
export async function ProviderChoice({
  provider: { id, label, credential },
  first,
}: {
  readonly provider: Provider;
  readonly first: boolean;
}): Promise<ReactElement> {
  const [t, advice] = await Promise.all([getTranslations(), adviceWords()]);
  const name = `credential-${id}`;
  const words = {
    label: t(`credential.${credential}.label`),
    hint: `${advice(id, 'credential')} ${t('newProject.later')}`,
  };
  return (
    <div className="group rounded-control border border-line-strong bg-field has-[input[type=radio]:checked]:border-accent has-[input[type=radio]:checked]:ring-1 has-[input[type=radio]:checked]:ring-accent">
      <label className="flex items-start gap-2.5 px-3 py-2.5">
        <input className="mt-0.5 size-4 accent-accent" defaultChecked={first} name="provider" type="radio" value={id} />
        <span>
          <span className="block font-medium text-ink text-sm">{label}</span>
          <span className="block text-muted text-xs">{advice(id, 'about')}</span>
        </span>
      </label>
      <div className="hidden border-line-soft border-t px-3 py-3 group-has-[input[type=radio]:checked]:block">
        {credential === 'public_key' ? (
          <AreaField
            autoComplete="off"
            className="font-mono text-xs"
            name={name}
            rows={7}
            spellCheck={false}
            {...words}
          />
        ) : (
          <TextField autoComplete="off" className="masked-text font-mono" name={name} spellCheck={false} {...words} />
        )}
      </div>
    </div>
  );
}
