import type { Changes } from './changes';

/** The stored `changes` of a postback; those without any changed nothing. */
export function readChanges(stored: unknown): Changes {
  return stored !== null && typeof stored === 'object' ? (stored as Changes) : {};
}

/** The codes of the stored flags, each once, with the fields they are about. */
export function readFlags(stored: unknown): readonly { readonly code: string; readonly fields: readonly string[] }[] {
  if (!Array.isArray(stored)) return [];
  const fields = new Map<string, string[]>();
  for (const flag of stored as readonly { readonly code: string; readonly field?: string }[]) {
    const known = fields.get(flag.code) ?? [];
    fields.set(flag.code, flag.field ? [...known, flag.field] : known);
  }
  return [...fields].map(([code, names]) => ({ code, fields: names }));
}
