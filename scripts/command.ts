import { createRequire } from 'node:module';

// CommonJS whose names Node cannot see from here.
const { loadEnvConfig }: typeof import('@next/env') = createRequire(import.meta.url)('@next/env');

/** What the operator can put right; the message is one sentence. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** Errors whose message is written for the operator; any other is a defect and shows where. */
const FOR_OPERATORS = new Set([
  'CommandError',
  'SettingError',
  'DatabaseUnavailable',
  'DatabaseUnfit',
  'DataFolderLocked',
  'DataFolderUnusable',
  'ProjectRefused',
  'StaffRefused',
  'VaultError',
  'BackupRefused',
  'UpgradeRefused',
]);

/** Runs one of the commands behind `npm …`: settings from `.env` too, a failure is a sentence and exit code 1. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    loadSettings();
    await command();
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`, () => process.exit(1));
  }
}

/** The same files in the same order as Next reads them. */
function loadSettings(): void {
  loadEnvConfig(process.cwd(), process.env.NODE_ENV === 'development', { info: () => {}, error: console.error });
}

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return FOR_OPERATORS.has(error.name) ? error.message : (error.stack ?? error.message);
}
