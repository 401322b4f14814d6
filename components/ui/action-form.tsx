'use client';

import {
  type ComponentProps,
  createContext,
  type ReactElement,
  type ReactNode,
  type SubmitEvent,
  startTransition,
  use,
  useActionState,
  useEffect,
  useRef,
} from 'react';
import { type ButtonVariant, buttonClass } from './button-class';
import { CopyButton } from './copy-button';
import { Field } from './field';
import { type FormAction, type FormState, FRESH_FORM } from './form-state';
import { Input, Select, Textarea } from './input';

const Answer = createContext<{ readonly state: FormState; readonly pending: boolean }>({
  state: FRESH_FORM,
  pending: false,
});

interface ActionFormProps {
  readonly action: FormAction;
  readonly className?: string;
  /** True: empties the fields after an answer without errors. */
  readonly resets?: boolean;
  readonly children: ReactNode;
}

/** Shows an action's answer beside the fields. Works without JavaScript too, as a form that loads the page again. */
export function ActionForm({ action, className, resets = false, children }: ActionFormProps): ReactElement {
  const [state, submit, pending] = useActionState(action, FRESH_FORM);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (state.turn === 0) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid]');
    if (wrong) wrong.focus();
    else if (resets) form.current?.reset();
  }, [state, resets]);

  // React would empty the form after its action; what somebody typed stays until it was right.
  const keep = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    if (pending) return;
    const fields = new FormData(event.currentTarget, event.nativeEvent.submitter);
    startTransition(() => submit(fields));
  };
  return (
    <Answer value={{ state, pending }}>
      <form action={submit} className={className} noValidate onSubmit={keep} ref={form}>
        {children}
      </form>
    </Answer>
  );
}

interface Labelled {
  readonly name: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
}

export function TextField({ name, label, hint, ...rest }: Labelled & ComponentProps<typeof Input>): ReactElement {
  const { errors } = use(Answer).state;
  return (
    <Field error={errors[name]} hint={hint} label={label} name={name}>
      {(control) => <Input {...rest} {...control} />}
    </Field>
  );
}

export function AreaField({ name, label, hint, ...rest }: Labelled & ComponentProps<typeof Textarea>): ReactElement {
  const { errors } = use(Answer).state;
  return (
    <Field error={errors[name]} hint={hint} label={label} name={name}>
      {(control) => <Textarea {...rest} {...control} />}
    </Field>
  );
}

export function SelectField({ name, label, hint, ...rest }: Labelled & ComponentProps<typeof Select>): ReactElement {
  const { errors } = use(Answer).state;
  return (
    <Field error={errors[name]} hint={hint} label={label} name={name}>
      {(control) => <Select {...rest} {...control} />}
    </Field>
  );
}

/** The sentence about the whole form, read out when it comes. */
export function FormMessage(): ReactElement | null {
  const { message, turn } = use(Answer).state;
  if (!message) return null;
  const look = message.tone === 'good' ? 'border-good/25 bg-good-soft' : 'border-bad/25 bg-bad-soft';
  return (
    <p className={`rounded-control border px-3 py-2 text-ink text-sm ${look}`} key={turn} role="alert">
      {message.text}
    </p>
  );
}

interface FormOnceProps {
  /** The button's word, and what it says afterwards. */
  readonly copy: string;
  readonly copied: string;
  /** That it will not be seen again. */
  readonly note: string;
}

/** What the answer shows this once, with a button that copies it. */
export function FormOnce({ copy, copied, note }: FormOnceProps): ReactElement | null {
  const { once } = use(Answer).state;
  if (once === undefined) return null;
  return (
    <div className="space-y-2">
      <code
        className="block whitespace-pre-wrap break-all rounded-control border border-line bg-sunken px-3 py-1.5 font-mono text-[0.8125rem] text-ink leading-6"
        data-once
      >
        {once}
      </code>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <CopyButton copied={copied} label={copy} value={once} />
        <p className="min-w-0 flex-1 basis-48 text-muted text-xs">{note}</p>
      </div>
    </div>
  );
}

interface SubmitProps {
  readonly variant?: ButtonVariant;
  readonly className?: string;
  /** What the form says when this of several buttons was pressed. */
  readonly name?: string;
  readonly value?: string;
  readonly children: ReactNode;
}

export function SubmitButton({ variant = 'primary', className, children, ...said }: SubmitProps): ReactElement {
  const { pending } = use(Answer);
  return (
    <button aria-disabled={pending} className={buttonClass(variant, 'medium', className)} type="submit" {...said}>
      {children}
    </button>
  );
}
