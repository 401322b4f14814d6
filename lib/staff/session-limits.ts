/**
 * Twelve hours without a request end a session: longer than any shift with its breaks, so that nobody is signed out at
 * work, and shorter than the time from one evening to the next, so that a computer left behind is signed out by morning.
 */
export const IDLE_HOURS = 12;

/** However busy it is, a session ends after two weeks: a stolen cookie is worth no more than that. */
export const LONGEST_DAYS = 14;

/** `last_seen_at` is no more exact than this, so that reading pages does not write. */
export const SEEN_EVERY_MINUTES = 1;

/** The condition under which the session `se` counts at a moment, a parameter such as `$2::timestamptz`. */
export function stillOpen(moment: string): string {
  return `se.expires_at > ${moment} and se.last_seen_at > ${moment} - interval '${IDLE_HOURS} hours'`;
}
