'use client';

import {
  type FormEvent,
  type ReactElement,
  type ReactNode,
  type SubmitEvent,
  startTransition,
  useActionState,
  useEffect,
  useRef,
  useState,
} from 'react';
import { isTyping, moveBy } from '@/components/list-rows';
import { buttonClass } from '@/components/ui/button-class';
import { isOverlayOpen } from '@/components/ui/overlay';
import type { DoneAction, DoneFormState } from './done-form-state';

interface DoneFormProps {
  readonly action: DoneAction;
  readonly firstId: string;
  readonly maxNote: number;
  /** `selected` has `{count}` where the number goes. */
  readonly words: Readonly<Record<'selected' | 'note' | 'submit' | 'clear' | 'undo', string>>;
  readonly children: ReactNode;
}

const ITEMS = 'input[name="item"]';

/**
 * The queue as one form: a button on each line, and a bar for what is selected. `x` selects the line that has the focus.
 * Without JavaScript its buttons and checkboxes work all the same.
 */
export function DoneForm({ action, firstId, maxNote, words, children }: DoneFormProps): ReactElement {
  const form = useRef<HTMLFormElement>(null);
  const answer = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState(0);
  const [state, submit, pending] = useActionState(action, {
    formId: firstId,
    turn: 0,
    tone: null,
    text: '',
    undo: [],
  } satisfies DoneFormState);
  useQueueKeys(form);

  // The line that was marked is gone, and the focus with it.
  useEffect(() => {
    if (state.turn === 0) return;
    if (state.tone === 'good') form.current?.reset();
    answer.current?.focus({ preventScroll: true });
    setSelected(form.current?.querySelectorAll(`${ITEMS}:checked`).length ?? 0);
  }, [state]);

  const send = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (pending) return;
    const data = new FormData(event.currentTarget, event.nativeEvent.submitter);
    startTransition(() => submit(data));
  };
  const count = (event: FormEvent<HTMLFormElement>): void =>
    setSelected(event.currentTarget.querySelectorAll(`${ITEMS}:checked`).length);

  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="empty:hidden" ref={answer} role="status" tabIndex={-1}>
        {state.turn > 0 ? (
          <form
            action={submit}
            className={`flex flex-wrap items-center gap-x-4 gap-y-2 rounded-panel border px-4 py-2.5 text-ink text-sm ${state.tone === 'bad' ? 'border-bad/25 bg-bad-soft' : 'border-good/25 bg-good-soft'}`}
            key={state.turn}
            onSubmit={send}
          >
            <input name="form-id" type="hidden" value={state.formId} />
            {state.undo.map((id) => (
              <input key={id} name="undo" type="hidden" value={id} />
            ))}
            <span className="min-w-0 flex-1 basis-48">{state.text}</span>
            {state.undo.length > 0 ? (
              <button aria-disabled={pending} className={buttonClass('secondary', 'small')} type="submit">
                {words.undo}
              </button>
            ) : null}
          </form>
        ) : null}
      </div>
      <form action={submit} className="group/queue" data-list="" onChange={count} onSubmit={send} ref={form}>
        <input name="form-id" type="hidden" value={state.formId} />
        {/* The first button of a form is what Enter in its field presses. */}
        <div className="sticky top-14 z-20 mb-3 hidden flex-wrap items-end gap-x-3 gap-y-2 rounded-panel border border-line bg-surface px-4 py-2.5 shadow-menu group-has-[input[name=item]:checked]/queue:flex md:top-3">
          <p aria-live="polite" className="font-medium text-ink text-sm leading-9 tabular-nums">
            {words.selected.replace('{count}', String(selected))}
          </p>
          <label className="min-w-0 flex-1 basis-52">
            <span className="sr-only">{words.note}</span>
            <input
              autoComplete="off"
              className="h-9 w-full rounded-control border border-line-strong bg-surface px-3 text-ink text-sm placeholder:text-muted"
              dir="auto"
              maxLength={maxNote}
              name="done-note"
              placeholder={words.note}
              type="text"
            />
          </label>
          <button aria-disabled={pending} className={buttonClass('primary', 'medium')} type="submit">
            {words.submit}
          </button>
          <button className={buttonClass('quiet', 'medium')} onClick={() => setSelected(0)} type="reset">
            {words.clear}
          </button>
        </div>
        {children}
      </form>
    </div>
  );
}

/** j and k move over the lines, x selects the one that has the focus, Escape selects none. */
function useQueueKeys(form: { readonly current: HTMLFormElement | null }): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isOverlayOpen()) return;
      const inNote = event.target instanceof HTMLInputElement && event.target.name === 'done-note';
      if (event.key === 'Escape' && (inNote || !isTyping(event.target))) form.current?.reset();
      const onCheckbox = event.target instanceof HTMLInputElement && event.target.type === 'checkbox';
      if (isTyping(event.target) && !onCheckbox) return;
      if (event.key === 'j') moveBy(1);
      else if (event.key === 'k') moveBy(-1);
      else if (event.key === 'x') {
        document.activeElement?.closest('[data-list] li')?.querySelector<HTMLInputElement>(ITEMS)?.click();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [form]);
}
