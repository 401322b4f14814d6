/** JSON with sorted keys, so that equal values give equal text however they were built; `without` names keys to leave out. */
export function stable(value: unknown, without: readonly string[] = []): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (without.includes(key)) return undefined;
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** True when both would give the same text; fast where they share their parts. `without` names keys to leave out. */
export function same(a: unknown, b: unknown, without: ReadonlySet<string>): boolean {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const left = new Map(Object.entries(a));
  const right = new Map(Object.entries(b));
  return [...new Set([...left.keys(), ...right.keys()])].every(
    (key) => without.has(key) || same(left.get(key), right.get(key), without),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
