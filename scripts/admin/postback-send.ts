import type { Provider, Sample, SignedPostback } from '@/lib/providers/provider';
import { CommandError } from '../command';
import type { AdminCommand } from './commands';
import { readOptions, readSecret, readText, required, SECRET_OPTIONS } from './options';
import { toProvider } from './provider';
import { setField } from './set-field';

const options = {
  url: { type: 'string' },
  provider: { type: 'string' },
  ...SECRET_OPTIONS,
  'private-key-file': { type: 'string' },
  sample: { type: 'string', default: 'paid' },
  format: { type: 'string', default: 'json' },
  set: { type: 'string', multiple: true, default: [] as string[] },
} as const;

const PATIENCE_MS = 30_000;

export const run: AdminCommand['run'] = async (args) => {
  const values = readOptions(args, options);
  const url = toUrl(required(values.url, 'url'));
  const provider = toProvider(required(values.provider, 'provider'));
  const sample = toSample(provider, values.sample);
  const key =
    provider.credential === 'secret'
      ? await readSecret(values)
      : await readText(required(values['private-key-file'], 'private-key-file'));
  const now = new Date();
  const fields = values.set.reduce(setField, sample.build(now));
  return send(url, await sign(provider, fields, key, { now, format: toFormat(values.format) }));
};

async function sign(provider: Provider, ...input: Parameters<Provider['sign']>): Promise<SignedPostback> {
  try {
    return await provider.sign(...input);
  } catch (error) {
    throw new CommandError(`It could not be signed: ${error instanceof Error ? error.message : error}.`);
  }
}

function toUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) throw new CommandError('--url must be a web address.');
  return url;
}

function toSample(provider: Provider, name: string): Sample {
  const sample = provider.samples.find((known) => known.name === name);
  if (sample !== undefined) return sample;
  const known = provider.samples.map((each) => each.name).join(', ');
  throw new CommandError(`--sample of ${provider.id} must be one of ${known}.`);
}

function toFormat(word: string): 'json' | 'form' {
  if (word !== 'json' && word !== 'form') throw new CommandError('--format must be json or form.');
  return word;
}

async function send(url: URL, { body, headers }: SignedPostback): Promise<{ status: number; body: unknown }> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    // A provider does not follow a redirect, so it is shown as the answer that it is.
    const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal });
    return { status: response.status, body: readBody(await response.text()) };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new CommandError(`${url.origin} did not answer: ${cause instanceof Error ? cause.message : cause}.`);
  }
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
