import { createHmac, randomBytes } from 'node:crypto';
import { decodeBody } from '@/lib/body';
import { writeJson } from '@/lib/json';
import type { Credential, Decoded, Fields, Parsed, Provider, SignedPostback, Verdict } from './provider';
import { Reader } from './reader';
import { wireWord } from './wire';

const NUMBERS: ReadonlySet<string> = new Set(['sum']);

/** A provider that does not exist: what it costs to add one, and what tests of the registry register. */
export const madeUpProvider: Provider = {
  id: 'made-up',
  label: 'Made-up Pay',
  credential: 'secret',
  refusal: 'Invalid signature',
  signatureHeaders: ['x-made-up'],
  decode: (bytes): Decoded => decodeBody(bytes, ['number']),
  skim: (): Decoded => ({ ok: true, fields: {}, format: 'json' }),
  verify: async ({ bytes, headers, secrets }): Promise<Verdict> => {
    const match = secrets.find((secret) => headers.get('x-made-up') === mac(bytes, secret.value));
    if (!match) return { authentic: false, reason: 'signature_wrong_key' };
    return { authentic: true, grade: 'rsa', signer: match.signer, secretId: match.id, token: null, flags: [] };
  },
  parse,
  normaliseInvoiceId: (sent) => sent,
  claims: {
    fields: {
      invoiceId: ['number'],
      orderIds: [],
      status: ['state'],
      amount: ['sum'],
      currency: [],
      hashes: [],
      address: [],
      waybills: [],
    },
    statusOf: (raw) => (raw === 'paid' ? 'paid' : 'unknown'),
    currency: 'EUR',
  },
  formContent: () => null,
  understood: ['number', 'state', 'sum'],
  people: [],
  prose: [],
  harmless: [],
  readCredential: (value) => (value.length < 16 ? { ok: false, problem: 'too_short' } : { ok: true, value }),
  createCredential: (): Credential => {
    const secret = randomBytes(18).toString('base64url');
    return { verify: secret, sign: secret };
  },
  samples: [
    { name: 'paid', build: (): Fields => ({ number: randomBytes(6).toString('hex'), state: 'paid', sum: '12.50' }) },
  ],
  sign: async (fields, key): Promise<SignedPostback> => {
    const body = new TextEncoder().encode(writeJson(fields, NUMBERS));
    return { body, headers: { 'content-type': 'application/json', 'x-made-up': mac(body, key) } };
  },
};

function mac(bytes: Uint8Array, secret: string): string {
  return createHmac('sha256', secret).update(bytes).digest('hex');
}

function parse(fields: Fields): Parsed {
  const reader = new Reader(fields);
  const invoiceId = reader.required('number', wireWord);
  if (!invoiceId.ok) return invoiceId;
  const raw = reader.required('state', wireWord);
  if (!raw.ok) return raw;
  const word = raw.value === 'paid' ? 'paid' : 'unknown';
  const amount = reader.money('sum');
  const payment = {
    externalId: null,
    hashes: [],
    amount,
    currency: 'EUR',
    amountUsd: null,
    occurredAt: null,
    amounts: {},
    items: [],
  };
  const event = {
    invoiceId: invoiceId.value,
    bookkeeping: 'payments',
    status: { word, raw: raw.value, basis: 'invoice', step: 0 },
    orderId: null,
    isTest: null,
    createdAt: null,
    facts: {},
    payments: [payment],
    delivery: null,
    people: {},
  } as const;
  return { ok: true, event: { ...event, flags: reader.flags() } };
}
