'use client';

import { type ReactElement, type SubmitEvent, startTransition, useActionState } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { Choice, EraseState } from './actions';

interface EraseFormProps {
  readonly action: (state: EraseState, form: FormData) => Promise<EraseState>;
  readonly words: Readonly<Record<'label' | 'hint' | 'find' | 'erase' | 'final', string>>;
}

const FRESH: EraseState = { turn: 0, tone: null, text: '', choices: [] };
const LOOK = { good: 'border-good/25 bg-good-soft', bad: 'border-bad/25 bg-bad-soft' } as const;

/** Whom somebody's words find, whose data it is, and what was deleted. */
export function EraseForm({ action, words }: EraseFormProps): ReactElement {
  const [state, submit, pending] = useActionState(action, FRESH);
  const send = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (pending) return;
    const form = new FormData(event.currentTarget, event.nativeEvent.submitter);
    startTransition(() => submit(form));
  };
  const { choices, tone, text, turn } = state;
  return (
    <>
      <form action={submit} className="space-y-3" noValidate onSubmit={send}>
        <input name="intent" type="hidden" value="find" />
        <Field hint={words.hint} label={words.label} name="text">
          {(control) => <Input {...control} autoComplete="off" maxLength={200} required />}
        </Field>
        <button aria-disabled={pending} className={buttonClass('secondary')} type="submit">
          {words.find}
        </button>
      </form>
      {tone ? (
        <p className={`mt-4 rounded-control border px-3 py-2 text-ink text-sm ${LOOK[tone]}`} key={turn} role="alert">
          {text}
        </p>
      ) : null}
      {choices.length > 0 ? (
        <form action={submit} className="mt-4 space-y-3" key={`choices-${turn}`} noValidate onSubmit={send}>
          <input name="intent" type="hidden" value="erase" />
          {tone ? null : <p className="font-medium text-ink text-sm">{text}</p>}
          <Choices choices={choices} />
          <p className="text-muted text-sm">{words.final}</p>
          <button aria-disabled={pending} className={buttonClass('danger')} type="submit">
            {words.erase}
          </button>
        </form>
      ) : null}
    </>
  );
}

function Choices({ choices }: { readonly choices: readonly Choice[] }): ReactElement {
  return (
    <ul className="divide-y divide-line-soft rounded-control border border-line">
      {choices.map(({ value, name, contact, facts }) => (
        <li key={value}>
          <label className="flex items-start gap-2.5 px-3 py-2.5 hover:bg-hover">
            <input className="mt-0.5 size-4 accent-accent" name="person" type="checkbox" value={value} />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              <bdi className="block font-medium text-ink text-sm">{name}</bdi>
              <bdi className="block text-ink text-sm">{contact}</bdi>
              <span className="block text-muted text-xs">{facts}</span>
            </span>
          </label>
        </li>
      ))}
    </ul>
  );
}
