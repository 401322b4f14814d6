import { z } from 'zod';

const lineSchema = z.looseObject({ time: z.string(), level: z.string(), message: z.string().default('') });

/** A line of the log for who watches it in a terminal: the time of day, the level, the words, then the facts. */
export function readable(line: string): string {
  const parsed = lineSchema.safeParse(JSON.parse(line));
  if (!parsed.success) return line;
  const { time, level, message, error, ...facts } = parsed.data;
  const rest = Object.entries(facts).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const head = [time.slice(11, 19), level.toUpperCase().padEnd(5), message, ...rest].join(' ');
  return error === undefined ? `${head}\n` : `${head}\n  ${told(error)}\n`;
}

function told(error: unknown): string {
  const known = z
    .object({ type: z.string(), message: z.string(), stack: z.array(z.string()).default([]) })
    .safeParse(error);
  if (!known.success) return JSON.stringify(error);
  const { type, message, stack } = known.data;
  return [`${type}: ${message}`, ...stack.map((frame) => `  ${frame}`)].join('\n  ');
}
