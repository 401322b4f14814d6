import { afterAll, describe, expect, test } from 'vitest';
import { getProvider, PROVIDERS, registerProvider } from './index';
import type { Provider, Secret, SignedPostback, Verdict } from './provider';
import { madeUpProvider } from './testing';
import { unmappedFields } from './unmapped-fields';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const MUTATIONS = 500;

const unregister = registerProvider(madeUpProvider);
afterAll(unregister);

/** Everything that stands in `provider.ts`, asked of whatever is registered. */
describe.each(PROVIDERS.map((provider) => [provider.id, provider] as const))('%s keeps the contract', (_, provider) => {
  const live = provider.createCredential();
  const other = provider.createCredential();
  const ours = provider.createCredential();
  const secrets: readonly Secret[] = [
    { id: 'live', signer: 'live', value: live.verify, retiring: false },
    { id: 'test', signer: 'test', value: ours.verify, retiring: false },
  ];
  const formats =
    provider.credential === 'secret' && provider.id !== 'made-up' ? (['json', 'form'] as const) : (['json'] as const);
  const cases = provider.samples.flatMap((sample) => formats.map((format) => [sample.name, format, sample] as const));

  test('has an id, a label and a first sample called paid', () => {
    expect(provider.id).toMatch(/^[a-z0-9-]+$/);
    expect(provider.label).not.toBe('');
    expect(provider.samples[0]?.name).toBe('paid');
    expect(new Set(provider.samples.map(({ name }) => name)).size).toBe(provider.samples.length);
  });

  test('accepts the credential it makes itself', () => {
    expect(provider.readCredential(live.verify)).toEqual({ ok: true, value: live.verify.trim() });
    expect(live.verify).not.toBe(other.verify);
  });

  test.each(cases)('understands its genuine sample %s as %s', async (_name, format, sample) => {
    const signed = await provider.sign(sample.build(NOW), signingKey(live), { now: NOW, format });
    const decoded = provider.decode(signed.body);
    if (!decoded.ok) throw new Error(decoded.detail);
    expect(decoded.format).toBe(format);
    const verdict = await verify(provider, signed, secrets);
    expect(verdict).toMatchObject({ authentic: true, signer: 'live', secretId: 'live' });
    const parsed = provider.parse(decoded.fields);
    if (!parsed.ok) throw new Error(`${parsed.field} ${parsed.problem}`);
    expect(parsed.event.invoiceId).not.toBe('');
    expect(parsed.event.status.word).not.toBe('unknown');
    expect(parsed.event.flags.filter(({ code }) => code !== 'no_details')).toEqual([]);
    expect(provider.parse(decoded.fields)).toEqual(parsed);
  });

  test('builds another invoice each time', () => {
    for (const sample of provider.samples) {
      const ids = [sample.build(NOW), sample.build(NOW)].map((fields) => provider.parse(fields));
      expect(ids[0]).not.toEqual(ids[1]);
    }
  });

  test('reports who signed', async () => {
    const signed = await signedSample(provider, signingKey(ours));
    expect(await verify(provider, signed, secrets)).toMatchObject({
      authentic: true,
      signer: 'test',
      secretId: 'test',
    });
  });

  test('refuses another key, and everything where there is none', async () => {
    const signed = await signedSample(provider, signingKey(other));
    expect(await verify(provider, signed, secrets)).toMatchObject({ authentic: false });
    expect(await verify(provider, signed, [])).toMatchObject({ authentic: false });
  });

  test('refuses a proof in which a character was changed', async () => {
    const signed = await signedSample(provider, signingKey(live));
    const proof = proofOf(provider, signed);
    for (const at of [0, Math.floor(proof.length / 2), proof.length - 3]) {
      const flipped = `${proof.slice(0, at)}${proof[at] === 'A' ? 'B' : 'A'}${proof.slice(at + 1)}`;
      expect(await verify(provider, withProof(signed, proof, flipped), secrets)).toMatchObject({ authentic: false });
    }
  });

  test('answers a request without any proof', async () => {
    const signed = await signedSample(provider, signingKey(live));
    const bare = { body: new TextEncoder().encode('{}'), headers: {} };
    expect(await verify(provider, bare, secrets)).toMatchObject({ authentic: false });
    expect(signed.body.length).toBeGreaterThan(0);
  });

  test(`never throws on ${MUTATIONS} mutated bodies (SEED=${SEED})`, async () => {
    const random = mulberry32(SEED);
    const signed = await signedSample(provider, signingKey(live));
    for (let count = 0; count < MUTATIONS; count += 1) {
      const body = mutate(signed.body, random);
      const decoded = provider.decode(body);
      if (!decoded.ok) continue;
      const parsed = provider.parse(decoded.fields);
      expect(provider.parse(decoded.fields)).toEqual(parsed);
      unmappedFields(decoded.fields, provider.understood);
      if (count % 10 === 0) await verify(provider, { ...signed, body }, secrets);
    }
  });

  test('shows as sent what it does not understand, and never people’s data or proofs', async () => {
    const [sample] = provider.samples;
    if (!sample) throw new Error('no sample');
    const fields = { ...sample.build(NOW), token: 'a.b.c', surprise: { inside: ['x'] } };
    const shown = unmappedFields(fields, provider.understood);
    expect(shown.surprise).toEqual({ inside: ['x'] });
    const parsed = provider.parse(fields);
    const people = parsed.ok ? Object.values(parsed.event.people).flatMap((text) => text.split(/, | /)) : [];
    const text = JSON.stringify(shown);
    for (const word of people) expect(text).not.toContain(word);
  });
});

test('a provider is found by its id, and an unknown one is not', () => {
  expect(getProvider('novapay')?.label).toBe('NovaPay');
  expect(getProvider('made-up')).toBe(madeUpProvider);
  expect(getProvider('constructor')).toBeUndefined();
  expect(PROVIDERS.map(({ id }) => id)).toEqual(['cryptocloud', 'cryptocloud-v1', 'trybit', 'novapay', 'made-up']);
});

test('random bytes never throw', () => {
  const random = mulberry32(SEED);
  for (let count = 0; count < MUTATIONS; count += 1) {
    const bytes = Uint8Array.from({ length: Math.floor(random() * 60) }, () => Math.floor(random() * 256));
    for (const provider of PROVIDERS) expect(typeof provider.decode(bytes).ok).toBe('boolean');
  }
});

function signingKey(credential: { readonly sign: string | null }): string {
  if (credential.sign === null) throw new Error('a credential of our own can sign');
  return credential.sign;
}

async function signedSample(provider: Provider, key: string): Promise<SignedPostback> {
  const [sample] = provider.samples;
  if (!sample) throw new Error('no sample');
  return provider.sign(sample.build(NOW), key, { now: NOW });
}

function verify(provider: Provider, signed: SignedPostback, secrets: readonly Secret[]): Promise<Verdict> {
  const decoded = provider.decode(signed.body);
  const fields = decoded.ok ? decoded.fields : {};
  return provider.verify({ bytes: signed.body, fields, headers: new Headers(signed.headers), secrets, now: NOW });
}

/** The token in the body, or the strongest signature among the headers. */
function proofOf(provider: Provider, signed: SignedPostback): string {
  const decoded = provider.decode(signed.body);
  const token = decoded.ok ? decoded.fields.token : null;
  return typeof token === 'string' ? token : (signed.headers['x-sign-v2'] ?? signed.headers['x-made-up'] ?? '');
}

function withProof(signed: SignedPostback, proof: string, changed: string): SignedPostback {
  const headers = Object.entries(signed.headers).map(([name, value]) => [name, value === proof ? changed : value]);
  const body = new TextDecoder().decode(signed.body).replace(proof, changed);
  return { body: new TextEncoder().encode(body), headers: Object.fromEntries(headers) };
}

/** Cuts, flips, repeats, and swaps values for ones that are unlike them. */
function mutate(body: Uint8Array, random: () => number): Uint8Array<ArrayBuffer> {
  const at = Math.floor(random() * body.length);
  const kind = Math.floor(random() * 4);
  if (kind === 0) return body.slice(0, at);
  if (kind === 1) return body.map((byte, index) => (index === at ? Math.floor(random() * 256) : byte)).slice();
  const text = new TextDecoder().decode(body);
  const odd = ['null', '[]', '{}', '-1', '1e999', '"\\u0000"', '"\\ud800"', 'true', '""', '[[{}]]', '{"__proto__":1}'];
  const replacement = odd[Math.floor(random() * odd.length)] ?? 'null';
  const values = [...text.matchAll(/:(?:"[^"]*"|[\d.]+|null|true|false|\[[^\]]*\])/g)];
  const value = values[Math.floor(random() * values.length)];
  if (!value || kind === 3) return new TextEncoder().encode(text.slice(0, at) + replacement + text.slice(at));
  const after = value.index + value[0].length;
  return new TextEncoder().encode(`${text.slice(0, value.index)}:${replacement}${text.slice(after)}`);
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
