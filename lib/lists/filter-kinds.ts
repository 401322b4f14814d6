import type { Reader } from '@/lib/query-string';

/** One parameter by which a list is filtered. */
export interface FilterKind<Value> {
  /** The value that lets every row through. */
  readonly none: Value;
  readonly read: (reader: Reader, name: string) => Value;
  /** The values of the parameter in an address; empty for `none`. */
  readonly write: (value: Value) => readonly string[];
  /** How the page offers it: chips above the rows, tabs, a field of the menu, or a control of the list's own. */
  readonly control: 'chips' | 'tabs' | 'amount' | 'choice' | 'own';
  /** Of a choice. */
  readonly choices?: readonly string[];
}

/** Any number of words; none of them means all. */
export function wordsFilter<Word extends string>(
  words: readonly Word[] | ((text: string) => text is Word),
): FilterKind<readonly Word[]> {
  const isOne =
    typeof words === 'function' ? words : (text: string): text is Word => (words as readonly string[]).includes(text);
  const control = typeof words === 'function' ? 'own' : 'chips';
  return { none: [], read: (reader, name) => reader.many(name, isOne), write: (chosen) => chosen, control };
}

/** One of several choices; the first is the one that stands in no address. */
export function choiceFilter<Choice extends string>(choices: readonly [Choice, ...Choice[]]): FilterKind<Choice> {
  const [none] = choices;
  return {
    none,
    read: (reader, name) => reader.one(name, (text) => choices.find((choice) => choice === text) ?? null) ?? none,
    write: (choice) => (choice === none ? [] : [choice]),
    control: 'choice',
    choices,
  };
}

/** The same as tabs above the list, which "Clear" leaves as they are. */
export function tabFilter<Tab extends string>(tabs: readonly [Tab, ...Tab[]]): FilterKind<Tab> {
  return { ...choiceFilter(tabs), control: 'tabs' };
}

export const amountFilter: FilterKind<string | null> = {
  none: null,
  read: (reader, name) => reader.amount(name),
  write: (amount) => (amount === null ? [] : [amount]),
  control: 'amount',
};

/** A text of a certain form, such as an id. */
export function textFilter(isValid: (text: string) => boolean): FilterKind<string | null> {
  return {
    none: null,
    read: (reader, name) => reader.one(name, (text) => (isValid(text) ? text : null)),
    write: (text) => (text === null ? [] : [text]),
    control: 'own',
  };
}

/** Lists show test rows by default, marked and outside every total. */
export const TEST_CHOICES = ['include', 'only', 'exclude'] as const;
export type TestChoice = (typeof TEST_CHOICES)[number];
export const testFilter: FilterKind<TestChoice> = choiceFilter(TEST_CHOICES);
