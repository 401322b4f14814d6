import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { CommandError } from '../command';

type Options = NonNullable<ParseArgsConfig['options']>;
type Values<Named extends Options> = ReturnType<typeof parseArgs<{ options: Named; strict: true }>>['values'];

/** Unknown and incomplete options are the operator's to put right, in Node's own words. */
export function readOptions<const Named extends Options>(args: readonly string[], options: Named): Values<Named> {
  try {
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}

export function required(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new CommandError(`--${option} is missing.`);
  return value;
}

export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new CommandError(`${path} cannot be read.`);
  }
}

/** How a command is given a provider's secret. */
export const SECRET_OPTIONS = {
  secret: { type: 'string' },
  'secret-stdin': { type: 'boolean' },
  'secret-file': { type: 'string' },
} as const;

interface SecretValues {
  readonly secret?: string | undefined;
  readonly 'secret-stdin'?: boolean | undefined;
  readonly 'secret-file'?: string | undefined;
}

/** From standard input or a file; as an argument too, with a warning. */
export async function readSecret(
  values: SecretValues,
  warn = (text: string): unknown => process.stderr.write(text),
): Promise<string> {
  const { secret, 'secret-stdin': fromStdin, 'secret-file': path } = values;
  if ([secret !== undefined, fromStdin, path !== undefined].filter(Boolean).length > 1)
    throw new CommandError('Give the secret once: with --secret-stdin or with --secret-file.');
  if (fromStdin) return given(await text(process.stdin), 'standard input');
  if (path !== undefined) return given(await readText(path), path);
  if (secret === undefined || secret === '') throw new CommandError('--secret-stdin or --secret-file is missing.');
  warn(
    'Warning: --secret shows the secret in the list of processes and the history of the shell. Use --secret-stdin or --secret-file.\n',
  );
  return secret;
}

function given(read: string, where: string): string {
  const secret = read.replace(/\r?\n$/, '');
  if (secret === '') throw new CommandError(`There is no secret in ${where}.`);
  return secret;
}

/** Never an option: arguments stand in the list of processes and in the shell's history. */
export async function readPassword(fromStdin: boolean | undefined): Promise<string> {
  if (!fromStdin) throw new CommandError('--password-stdin is missing; the password is read from standard input.');
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}
