/** Ready-made choices of columns for the main file. */
export const PRESETS = ['everything', 'accounting', 'xero', 'quickbooks', 'koinly'] as const;
export type PresetId = (typeof PRESETS)[number];

const FOREIGN: ReadonlySet<PresetId> = new Set(['xero', 'quickbooks', 'koinly']);

/** Other programs read their own columns in plain CSV and nothing else. */
export function takesOnlyPlainCsv(preset: PresetId): boolean {
  return FOREIGN.has(preset);
}

/** Statements without a currency column: one file holds one currency. */
export function isStatement(preset: PresetId): boolean {
  return preset === 'xero' || preset === 'quickbooks';
}

/** Both take a thousand lines a file; the header is one of them. */
export function mostRows(preset: PresetId): number | null {
  return isStatement(preset) ? 999 : null;
}
