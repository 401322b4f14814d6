'use client';

import { type ReactElement, type ReactNode, type SubmitEvent, startTransition, useActionState } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import type { DoneAction, DoneFormState } from '../../queue/done-form-state';

interface DoneControlProps {
  readonly action: DoneAction;
  readonly field: { readonly name: 'item' | 'undo'; readonly value: string };
  readonly firstId: string;
  /** Null: it is done, and can be put back without a word. */
  readonly maxNote: number | null;
  readonly words: Readonly<Record<'open' | 'note' | 'hint' | 'submit', string>>;
  readonly children: ReactNode;
}

/** Marking asks for a note first, which may stay empty; putting back is one click. */
export function DoneControl({ action, field, firstId, maxNote, words, children }: DoneControlProps): ReactElement {
  const [state, submit, pending] = useActionState(action, {
    formId: firstId,
    turn: 0,
    tone: null,
    text: '',
    undo: [],
  } satisfies DoneFormState);
  const send = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (pending) return;
    const data = new FormData(event.currentTarget);
    startTransition(() => submit(data));
  };
  const form = (
    <form action={submit} className={maxNote === null ? '' : 'mt-3 grid max-w-xl gap-3'} onSubmit={send}>
      <input name="form-id" type="hidden" value={state.formId} />
      <input name={field.name} type="hidden" value={field.value} />
      {maxNote === null ? null : (
        <Field hint={words.hint} label={words.note} name="done-note">
          {(control) => <Textarea {...control} className="min-h-16!" dir="auto" maxLength={maxNote} rows={2} />}
        </Field>
      )}
      <div>
        <button
          aria-disabled={pending}
          className={buttonClass(maxNote === null ? 'secondary' : 'primary', maxNote === null ? 'small' : 'medium')}
          type="submit"
        >
          {words.submit}
        </button>
      </div>
    </form>
  );
  return (
    <div className={maxNote === null ? 'rounded-panel border border-line bg-surface px-4 py-3 shadow-panel' : ''}>
      {maxNote === null ? (
        <div className="flex flex-wrap items-center gap-3">
          {children}
          {form}
        </div>
      ) : (
        <details className="group">
          <summary
            className={`${buttonClass('secondary', 'small')} cursor-pointer list-none group-open:border-transparent group-open:shadow-none`}
          >
            {words.open}
          </summary>
          {form}
        </details>
      )}
      <p aria-live="polite" className={`text-sm ${state.tone === 'bad' ? 'mt-2 text-bad' : 'sr-only'}`}>
        {state.text === '' ? null : <span key={state.turn}>{state.text}</span>}
      </p>
    </div>
  );
}
