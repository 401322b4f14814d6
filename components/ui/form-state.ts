import { wellFormed } from '@/lib/text';

/** What a form's action answers. It never holds what was typed into a password or secret. */
export interface FormState {
  /** A sentence for each field that is wrong, by its name. */
  readonly errors: Readonly<Record<string, string>>;
  /** A sentence about the whole. */
  readonly message: { readonly tone: 'good' | 'bad'; readonly text: string } | null;
  /** What was made and is shown this once: a link, codes. */
  readonly once?: string;
  /** Counts answers, so that the same answer twice is announced twice. */
  readonly turn: number;
}

export const FRESH_FORM: FormState = { errors: {}, message: null, turn: 0 };

export type FormAction = (state: FormState, form: FormData) => Promise<FormState>;

export function fieldErrors(state: FormState, errors: Readonly<Record<string, string>>): FormState {
  return { errors, message: null, turn: state.turn + 1 };
}

export function formMessage(state: FormState, tone: 'good' | 'bad', text: string): FormState {
  return { errors: {}, message: { tone, text }, turn: state.turn + 1 };
}

export function formOnce(state: FormState, text: string, once: string): FormState {
  return { ...formMessage(state, 'good', text), once };
}

/** A text field of a form, without what PostgreSQL would refuse; a file or a missing field is empty. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? wellFormed(value) : '';
}
