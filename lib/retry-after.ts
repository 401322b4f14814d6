/** The header `Retry-After`: whole seconds until then, at least one. */
export function secondsUntil(then: Date, now: Date = new Date()): string {
  return String(Math.max(1, Math.ceil((then.getTime() - now.getTime()) / 1000)));
}
