'use client';

import { type ReactElement, type SubmitEvent, startTransition, useActionState } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { Field } from '@/components/ui/field';
import { type FormState, FRESH_FORM } from '@/components/ui/form-state';
import { Textarea } from '@/components/ui/input';

export interface NoteState {
  /** The id of the note that is being written. It outlives refreshes of the page and changes once the note is stored. */
  readonly noteId: string;
  readonly form: FormState;
}

interface NoteFormProps {
  readonly action: (state: NoteState, form: FormData) => Promise<NoteState>;
  readonly firstId: string;
  readonly longest: number;
  readonly words: { readonly label: string; readonly placeholder: string; readonly submit: string };
}

/** Works without JavaScript too, as a form that loads the page again. */
export function NoteForm({ action, firstId, longest, words }: NoteFormProps): ReactElement {
  const [state, submit, pending] = useActionState(action, { noteId: firstId, form: FRESH_FORM });
  // React would empty the form after its action; what somebody typed stays until it is stored.
  const keep = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (pending) return;
    const fields = new FormData(event.currentTarget);
    startTransition(() => submit(fields));
  };
  const { errors, message, turn } = state.form;
  return (
    <form action={submit} className="grid gap-2" noValidate onSubmit={keep}>
      <input name="note-id" type="hidden" value={state.noteId} />
      <Field error={errors.note} label={words.label} name="note">
        {(control) => (
          <Textarea
            {...control}
            className="min-h-16! field-sizing-content max-h-80"
            dir="auto"
            key={state.noteId}
            maxLength={longest}
            placeholder={words.placeholder}
            rows={2}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <button aria-disabled={pending} className={buttonClass('secondary', 'medium')} type="submit">
          {words.submit}
        </button>
        <p aria-live="polite" className={`text-sm ${message?.tone === 'bad' ? 'text-bad' : 'text-muted'}`}>
          {message ? <span key={turn}>{message.text}</span> : null}
        </p>
      </div>
    </form>
  );
}
