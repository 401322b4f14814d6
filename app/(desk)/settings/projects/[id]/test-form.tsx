'use client';

import { type ReactElement, useActionState } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { Link } from '@/components/ui/link';

/** What the test postback's answer was, in words. */
export interface TestOutcome {
  readonly turn: number;
  readonly good: boolean;
  readonly text: string;
  readonly links: readonly { readonly href: string; readonly label: string }[];
}

interface TestFormProps {
  readonly action: (state: TestOutcome | null, form: FormData) => Promise<TestOutcome>;
  readonly samples: readonly { readonly name: string; readonly label: string }[];
  readonly words: { readonly sample: string; readonly submit: string };
}

export function TestForm({ action, samples, words }: TestFormProps): ReactElement {
  const [outcome, send, pending] = useActionState(action, null);
  const chosen = samples[0]?.name;
  return (
    <form action={send}>
      <div className="flex flex-wrap items-end gap-2">
        <Field className="min-w-44 flex-1" label={words.sample} name="sample">
          {(control) => (
            <Select {...control} defaultValue={chosen}>
              {samples.map(({ name, label }) => (
                <option key={name} value={name}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <button aria-disabled={pending} className={buttonClass('primary')} type="submit">
          {words.submit}
        </button>
      </div>
      <div aria-live="polite" className="mt-3 min-h-9 text-sm" data-test-answer>
        {outcome ? <Answer key={outcome.turn} outcome={outcome} /> : null}
      </div>
    </form>
  );
}

function Answer({ outcome }: { readonly outcome: TestOutcome }): ReactElement {
  const look = outcome.good ? 'border-good/25 bg-good-soft' : 'border-bad/25 bg-bad-soft';
  return (
    <div className={`flex flex-wrap gap-x-4 gap-y-1 rounded-control border px-3 py-1.5 text-ink ${look}`}>
      <span className="min-w-0 flex-1 basis-48 break-words">{outcome.text}</span>
      {outcome.links.map(({ href, label }) => (
        <Link className="text-link" href={href} key={href}>
          {label}
        </Link>
      ))}
    </div>
  );
}
