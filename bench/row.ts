/** One measure of the benchmark, with the mark it has to reach. */
export interface Row {
  readonly measure: string;
  readonly value: number;
  /** Empty: a number of its own kind. */
  readonly unit: 'ms' | '×' | 'MB' | '';
  readonly pass: { readonly at: 'most' | 'least'; readonly mark: number };
  /** What else was seen, for people. */
  readonly detail: string;
  /** False: the run itself failed, whatever it measured. */
  readonly sound: boolean;
}

export function passes({ value, pass, sound }: Row): boolean {
  return sound && (pass.at === 'most' ? value <= pass.mark : value >= pass.mark);
}

const HEAD = ['measure', 'value', 'pass mark', 'ok', 'detail'];

export function toTable(rows: readonly Row[]): string {
  const cells = [HEAD, ...rows.map(toCells)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((line) => (line[column] ?? '').length)));
  return cells
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function toCells(row: Row): string[] {
  const mark = `at ${row.pass.at} ${row.pass.mark} ${row.unit}`;
  return [row.measure, `${show(row.value)} ${row.unit}`.trim(), mark.trim(), passes(row) ? 'yes' : 'NO', row.detail];
}

export function show(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}

/** The middle one of several values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
