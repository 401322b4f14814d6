const HEX = '0123456789abcdef';
const DIGITS = '0123456789';

/** Chance from a seed: the same seed throws the same history. */
export class Dice {
  constructor(private state: number) {}

  /** At least 0, below 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<Item>(items: readonly Item[]): Item {
    return this.weighted(items.map((item) => [1, item] as const));
  }

  weighted<Item>(choices: readonly (readonly [weight: number, item: Item])[]): Item {
    let rest = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, item] of choices) {
      rest -= weight;
      if (rest < 0) return item;
    }
    throw new Error('There is nothing to choose from.');
  }

  text(length: number, alphabet: string): string {
    return Array.from({ length }, () => alphabet[this.between(0, alphabet.length - 1)]).join('');
  }

  digits(length: number): string {
    return this.text(length, DIGITS);
  }

  hex(length: number): string {
    return this.text(length, HEX);
  }

  uuid(): string {
    return [
      this.hex(8),
      this.hex(4),
      `4${this.hex(3)}`,
      `${this.pick(['8', '9', 'a', 'b'])}${this.hex(3)}`,
      this.hex(12),
    ].join('-');
  }
}
