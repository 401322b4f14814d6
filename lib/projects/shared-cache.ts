/**
 * Remembers what a key stands for, for seconds, because every postback asks. `server.ts` and Next load this module
 * twice in one process, so it hangs on `globalThis`: a secret changed through a page counts at once for postbacks.
 */
export class ShortCache<Value> {
  private readonly entries = new Map<string, { readonly value: Promise<Value | null>; readonly until: number }>();

  constructor(
    private readonly ttl: number,
    private readonly limit: number,
  ) {}

  /** What is not there, and what failed, is not remembered: strangers may guess as many keys as they like. */
  get(key: string, now: number, load: () => Promise<Value | null>): Promise<Value | null> {
    const known = this.entries.get(key);
    if (known && now < known.until) return known.value;
    const value = load();
    const entry = { value, until: now + this.ttl };
    if (this.entries.size >= this.limit) this.entries.clear();
    this.entries.set(key, entry);
    const drop = (): void => {
      if (this.entries.get(key) === entry) this.entries.delete(key);
    };
    value.then((found) => found === null && drop(), drop);
    return value;
  }

  /** Also forgets what is being read right now, which may be the state before the change. */
  clear(): void {
    this.entries.clear();
  }
}
