import { byUnit } from '@/lib/units';

/** Control totals: the exact sum of every amount column, apart for every currency it is in. */

export interface ControlTotal {
  readonly column: string;
  /** Empty: the provider named none. */
  readonly unit: string;
  readonly sum: string;
}

interface Running {
  units: bigint;
  scale: number;
}

export class Tally {
  rows = 0;
  private readonly sums = new Map<string, Map<string, Running>>();

  add(column: string, unit: string, value: string): void {
    const ofColumn = this.sums.get(column) ?? this.begin(column);
    const point = value.indexOf('.');
    const scale = point === -1 ? 0 : value.length - point - 1;
    const units = BigInt(point === -1 ? value : value.slice(0, point) + value.slice(point + 1));
    const running = ofColumn.get(unit);
    if (!running) ofColumn.set(unit, { units, scale });
    else grow(running, units, scale);
  }

  private begin(column: string): Map<string, Running> {
    const ofColumn = new Map<string, Running>();
    this.sums.set(column, ofColumn);
    return ofColumn;
  }

  /** By currency, then in the order of the file. */
  totals(): readonly ControlTotal[] {
    const all = [...this.sums].flatMap(([column, units]) =>
      [...units].map(([unit, running]) => ({ column, unit, sum: textOf(running) })),
    );
    const order = [...this.sums.keys()];
    return all.sort((a, b) => byUnit(a.unit, b.unit) || order.indexOf(a.column) - order.indexOf(b.column));
  }
}

function grow(running: Running, units: bigint, scale: number): void {
  if (scale > running.scale) {
    running.units *= 10n ** BigInt(scale - running.scale);
    running.scale = scale;
  }
  running.units += scale === running.scale ? units : units * 10n ** BigInt(running.scale - scale);
}

function textOf({ units, scale }: Running): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
