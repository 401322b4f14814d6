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

/** Never an option: arguments stand in the list of processes and in the shell's history. */
export async function readPassword(fromStdin: boolean | undefined): Promise<string> {
  if (!fromStdin) throw new CommandError('--password-stdin is missing; the password is read from standard input.');
  return (await text(process.stdin)).replace(/\r?\n$/, '');
}
