export interface DoneFormState {
  /** Outlives refreshes of the page and changes once something was marked, so that pressing twice is one mark. */
  readonly formId: string;
  readonly turn: number;
  readonly tone: 'good' | 'bad' | null;
  readonly text: string;
  /** The invoices that the last answer marked, for taking it back. */
  readonly undo: readonly string[];
}

export type DoneAction = (state: DoneFormState, form: FormData) => Promise<DoneFormState>;
