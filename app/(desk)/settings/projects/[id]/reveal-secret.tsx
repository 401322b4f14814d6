'use client';

import { type ReactElement, type SubmitEvent, useEffect, useState, useTransition } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { Revealed } from './secret-actions';

type Word = 'show' | 'hide' | 'again' | 'label' | 'submit' | 'gone' | 'failed' | 'note';

interface RevealSecretProps {
  readonly id: string;
  readonly action: (password: string | null) => Promise<Revealed>;
  readonly words: Readonly<Record<Word, string>>;
}

const SHOWN_MS = 30_000;

type Shown = Revealed | { readonly kind: 'hidden' } | { readonly kind: 'failed' };

/** Asks for the password where it was not entered lately, shows the secret, and hides it again by itself. */
export function RevealSecret({ id, action, words }: RevealSecretProps): ReactElement {
  const [shown, setShown] = useState<Shown>({ kind: 'hidden' });
  const [pending, start] = useTransition();
  useEffect(() => {
    if (shown.kind !== 'shown') return;
    const timer = setTimeout(() => setShown({ kind: 'hidden' }), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  const ask = (password: string | null): void => {
    if (pending) return;
    start(async () => setShown(await action(password).catch(() => ({ kind: 'failed' }) as const)));
  };
  if (shown.kind === 'shown') {
    return (
      <div className="mt-2 rounded-control border border-line bg-sunken p-2.5" role="status">
        <code className="block max-h-40 overflow-auto whitespace-pre-wrap break-all font-mono text-ink text-xs">
          {shown.value}
        </code>
        <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-xs">
          <button
            className={buttonClass('secondary', 'small')}
            onClick={() => setShown({ kind: 'hidden' })}
            type="button"
          >
            {words.hide}
          </button>
          {words.note}
        </p>
      </div>
    );
  }
  if (shown.kind === 'password')
    return <PasswordForm ask={ask} id={id} pending={pending} problem={shown.problem} words={words} />;
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2">
      <button
        aria-disabled={pending}
        className={buttonClass('secondary', 'small')}
        onClick={() => ask(null)}
        type="button"
      >
        {words.show}
      </button>
      {shown.kind === 'hidden' ? null : <span className="text-bad text-xs">{words[shown.kind]}</span>}
    </div>
  );
}

interface PasswordFormProps {
  readonly id: string;
  readonly problem: string | null;
  readonly pending: boolean;
  readonly ask: (password: string) => void;
  readonly words: RevealSecretProps['words'];
}

function PasswordForm({ id, problem, pending, ask, words }: PasswordFormProps): ReactElement {
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const password = new FormData(event.currentTarget).get('password');
    if (typeof password === 'string' && password !== '') ask(password);
  };
  return (
    <form className="mt-2 space-y-3 rounded-control border border-line bg-sunken p-3" onSubmit={submit}>
      <p className="text-muted text-sm">{words.again}</p>
      <Field error={problem ?? undefined} label={words.label} name={`reveal-${id}`}>
        {(control) => (
          <Input {...control} autoComplete="current-password" autoFocus name="password" required type="password" />
        )}
      </Field>
      <button aria-disabled={pending} className={buttonClass('primary', 'small')} type="submit">
        {words.submit}
      </button>
    </form>
  );
}
