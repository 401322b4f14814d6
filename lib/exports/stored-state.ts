import { type Payment, readState, type State } from '@/lib/fold/state';

type Values = Readonly<Record<string, string>>;

const NOTHING: Values = {};

/** What a transfer says beyond its amount. */
export interface StoredTransfer {
  readonly amounts: Values;
  readonly receivedAt: string | null;
}

/**
 * A merged state as it is stored. Parsing one takes longer than all else that is done for a line of a file, and most
 * lines need a dozen of its values; those are found in the text. What is looked for begins with a quote that opens a
 * name: inside of a value every quote stands behind a backslash, so no value, whoever wrote it, can look like it.
 */
export class StoredState {
  private known: Partial<State> | null = null;
  private facts: Values | null = null;

  /** As `JSON.stringify` wrote it. */
  constructor(private readonly text: string) {}

  whole(): Partial<State> {
    this.known ??= readState(JSON.parse(this.text));
    return this.known;
  }

  isCrypto(): boolean {
    return this.text.startsWith('"transfers"', this.after('"bookkeeping":', 0));
  }

  verified(): string | null {
    const start = this.after('"verified":"', 0);
    return start === -1 ? null : readText(this.text, start).value;
  }

  fact(name: string): string | null {
    this.facts ??= this.readValues(this.after('"facts":{', 0)).values;
    return this.facts[name] ?? null;
  }

  /** Null: there is none, or several. */
  onlyTransfer(): StoredTransfer | null {
    const start = this.after('"transfers":[{"hashes":[', 0);
    if (start === -1) return null;
    const { values, end } = this.readValues(this.after('"amounts":{', start));
    const received = this.after('"receivedAt":"', end);
    if (this.after('"hashes":[', end) !== -1) return null;
    return { amounts: values, receivedAt: received === -1 ? null : readText(this.text, received).value };
  }

  payments(): readonly Payment[] {
    const start = this.after('"payments":', 0);
    const end = this.text.indexOf(',"voidedAt":', start);
    if (start === -1 || end === -1) return this.whole().payments ?? [];
    return JSON.parse(this.text.slice(start, end));
  }

  private after(opening: string, from: number): number {
    const at = this.text.indexOf(opening, from);
    return at === -1 ? -1 : at + opening.length;
  }

  /** Registers, `"name":{"v":"value","r":8},…}`, from the first name on. */
  private readValues(start: number): { readonly values: Values; readonly end: number } {
    if (start === -1) return { values: NOTHING, end: 0 };
    const { text } = this;
    const values: Record<string, string> = {};
    let at = start;
    while (text.charCodeAt(at) === QUOTE) {
      const nameEnd = text.indexOf('"', at + 1);
      const { value, end } = readText(text, nameEnd + VALUE_OPENING.length);
      values[text.slice(at + 1, nameEnd)] = value;
      at = text.indexOf('}', end) + 1;
      if (text.charCodeAt(at) === COMMA) at += 1;
    }
    return { values, end: at };
  }
}

const QUOTE = 34;
const COMMA = 44;
const BACKSLASH = 92;
/** From the end of a register's name to its value. */
const VALUE_OPENING = '":{"v":"';

/** Text of JSON from behind its opening quote. */
function readText(text: string, start: number): { readonly value: string; readonly end: number } {
  let end = text.indexOf('"', start);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  const value = text.slice(start, end);
  return { value: value.includes('\\') ? JSON.parse(`"${value}"`) : value, end };
}

/** Whether a quote stands behind an odd number of backslashes. */
function isEscaped(text: string, quote: number): boolean {
  let at = quote - 1;
  while (text.charCodeAt(at) === BACKSLASH) at -= 1;
  return (quote - at) % 2 === 0;
}
