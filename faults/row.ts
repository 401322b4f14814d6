/** How much of a row is run: all that the table asks for, or so much that three minutes are enough for every row. */
export interface Scale {
  readonly short: boolean;
  /** Another seed gives other histories, bodies and moments; the same one gives them again. */
  readonly seed: number;
  say(doing: string): void;
}

/** The pace of the table; the short run is also for slow machines that do something else besides. */
export function perSecond({ short }: Scale): number {
  return short ? 50 : 200;
}

/** What a row saw. */
export interface Seen {
  /** For people. */
  readonly figures: string;
  /** What the oracle or an answer says against the product; any of it fails the row wherever it runs. */
  readonly broken: readonly string[];
  /** Marks of time that were missed; they fail the row only where it runs alone. */
  readonly late: readonly string[];
}

export interface Row {
  readonly name: string;
  readonly fault: string;
  run(scale: Scale): Promise<Seen>;
}

export interface Judged extends Seen {
  readonly name: string;
  readonly fault: string;
  readonly seconds: number;
}

export function holds({ broken, late }: Seen, timesCount: boolean): boolean {
  return broken.length === 0 && (!timesCount || late.length === 0);
}

/** Several runs of one row as one. */
export function together(parts: readonly Seen[]): Seen {
  return {
    figures: parts.map(({ figures }) => figures).join('; '),
    broken: parts.flatMap(({ broken }) => broken),
    late: parts.flatMap(({ late }) => late),
  };
}

export function toLines(judged: Judged, timesCount: boolean): readonly string[] {
  const { fault, figures, broken, late, seconds } = judged;
  const word = holds(judged, timesCount) ? 'holds ' : 'BROKEN';
  const head = `${word}  ${fault} (${seconds.toFixed(0)} s): ${figures}`;
  return [head, ...broken.map((line) => `        against it: ${line}`), ...late.map((line) => `        late: ${line}`)];
}
