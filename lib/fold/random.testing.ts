/** A small seeded generator: the same seed gives the same choices on every machine. */
export interface Random {
  /** A whole number from 0 to below `bound`. */
  int(bound: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly [T, ...T[]]): T;
  shuffle<T>(list: readonly T[]): readonly T[];
  /** Some of the list, in its order. */
  some<T>(list: readonly T[], probability: number): readonly T[];
}

export function randomFrom(seed: number): Random {
  let state = (seed * 2654435761) >>> 0;
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const int = (bound: number): number => Math.floor(next() * bound);
  return {
    int,
    chance: (probability) => next() < probability,
    pick: (choices) => choices[int(choices.length)] ?? choices[0],
    shuffle: (list) =>
      list
        .map((item) => ({ item, at: next() }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item),
    some: (list, probability) => list.filter(() => next() < probability),
  };
}

/** An amount of so many hundredths, sometimes written with more digits than it needs. */
export function cents(random: Random, hundredths: number): string {
  const text = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
  return random.chance(0.15) ? `${text}000` : text;
}

/** An id in one of its spellings, which all mean the same: a hash like `a1` with or without `0x`, a UUID in either case. */
export function spelled(random: Random, id: string): string {
  const isHex = /^[0-9a-f]\d$/.test(id);
  if ((!isHex && id.length !== 36) || random.chance(0.5)) return id;
  const cased = random.chance(0.5) ? id.toUpperCase() : id;
  return isHex && random.chance(0.5) ? `0x${cased}` : cased;
}
