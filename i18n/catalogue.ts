import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Language } from '@/lib/language';

/** Words by name, nested: what the JSON files hold. */
export interface Messages {
  readonly [name: string]: string | Messages;
}

/** Read at run time, so that a new file is picked up by being there; the comment keeps the bundler from tracing everything. */
const FOLDER = resolve(/* turbopackIgnore: true */ process.cwd(), 'messages');

/** Its words stand in the browser's own script (`app/error.tsx`). */
const APART = 'error.json';

const known = new Map<Language, Promise<Messages>>();

/** Every word of a language; where one is missing, the English one. A test says which are. */
export async function readMessages(language: Language, fresh: boolean): Promise<Messages> {
  if (fresh) return load(language);
  const remembered = known.get(language);
  if (remembered) return remembered;
  const loading = load(language);
  known.set(language, loading);
  loading.catch(() => known.delete(language));
  return loading;
}

async function load(language: Language): Promise<Messages> {
  const english = await readFolder('en');
  return language === 'en' ? english : overlay(english, await readFolder(language));
}

/** Each file adds its own names at the top. */
async function readFolder(language: Language): Promise<Messages> {
  const folder = join(FOLDER, language);
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json') && name !== APART).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.assign({}, ...texts.map((text): Messages => JSON.parse(text)));
}

export function overlay(below: Messages, above: Messages): Messages {
  const names = Object.keys(below).map((name) => [name, over(below[name], above[name])] as const);
  return Object.fromEntries(names.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** A sentence is never laid over a group of sentences, nor the other way round. */
function over(below: Messages[string] | undefined, above: Messages[string] | undefined): Messages[string] | undefined {
  if (typeof below === 'object') return typeof above === 'object' ? overlay(below, above) : below;
  return typeof above === 'string' ? above : below;
}
