import { log } from './log';
import { safeText } from './safe';

/** What Next and libraries complain of goes the same way as our own lines: one line each, without what it may give away. */
export function takeConsole(): void {
  for (const level of ['error', 'warn'] as const) {
    console[level] = (...parts: readonly unknown[]): void => {
      const words = parts.filter((part) => !(part instanceof Error)).map(textOf);
      const error = parts.find((part) => part instanceof Error);
      log(level, words.join(' ').trim() || 'Failed', error === undefined ? {} : { error });
    };
  }
}

/** Objects are not looked into: whose they are nobody knows here. */
function textOf(part: unknown): string {
  return typeof part === 'object' && part !== null
    ? Object.prototype.toString.call(part)
    : safeText(String(part)).trim();
}
