import { decodeBody } from '@/lib/body';
import type { Decoded, Provider, Verdict } from '../provider';
import { statusFor } from '../statuses';
import { createKeyPair, readPastedKey } from './keys';
import { normaliseSessionId, parse } from './parse';
import { CURRENCY } from './payments';
import { samples } from './samples';
import { CLAIM_FIELDS, HARMLESS, PEOPLE, PROSE, STATUSES, UNDERSTOOD } from './schema';
import { sign } from './sign';
import { SIGNATURE_HEADERS, verifySignature } from './verify';

const FORM_FIELDS = ['id', 'status'];

export const novapay: Provider = {
  id: 'novapay',
  label: 'NovaPay',
  credential: 'public_key',
  refusal: 'Invalid signature',
  signatureHeaders: SIGNATURE_HEADERS,
  decode: (bytes): Decoded => decodeBody(bytes, FORM_FIELDS),
  // The signature is in the headers and covers the bytes.
  skim: (): Decoded => ({ ok: true, fields: {}, format: 'json' }),
  verify: async ({ bytes, headers, secrets }): Promise<Verdict> => verifySignature(bytes, headers, secrets),
  parse,
  normaliseInvoiceId: normaliseSessionId,
  claims: {
    fields: CLAIM_FIELDS,
    statusOf: (raw) => statusFor(raw, STATUSES).word,
    currency: CURRENCY,
  },
  // It sends no forms.
  formContent: () => null,
  understood: UNDERSTOOD,
  people: PEOPLE,
  prose: PROSE,
  harmless: HARMLESS,
  readCredential: readPastedKey,
  createCredential: createKeyPair,
  samples,
  sign,
};
