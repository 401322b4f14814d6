import { decodeBody, skimBody } from '@/lib/body';
import { createSecret, readSecret } from '../credentials';
import type { Credential, Decoded, Provider, Sample, Verdict } from '../provider';
import { statusFor } from '../statuses';
import { formContent } from './form-content';
import { normaliseInvoiceId } from './invoice-id';
import { parse, STATUSES } from './parse';
import { CLAIM_FIELDS, FORM_FIELDS, HARMLESS, PEOPLE, PROSE, UNDERSTOOD } from './schema';
import { sign } from './sign';
import { verifyToken } from './verify';

export { flatSamples, samples, topUp } from './samples';

interface Family {
  readonly id: string;
  readonly label: string;
  readonly samples: readonly Sample[];
}

/** CryptoCloud, its old API and Trybit speak one language and differ in their names. */
export function createFamilyMember({ id, label, samples }: Family): Provider {
  return {
    id,
    label,
    credential: 'secret',
    refusal: 'Invalid token',
    signatureHeaders: [],
    decode: (bytes): Decoded => decodeBody(bytes, FORM_FIELDS),
    skim: (bytes): Decoded => skimBody(bytes, ['token', 'invoice_id'], FORM_FIELDS),
    verify: async ({ fields, secrets, now }): Promise<Verdict> => verifyToken(fields, secrets, now),
    parse,
    normaliseInvoiceId,
    claims: {
      fields: CLAIM_FIELDS,
      statusOf: (raw) => statusFor(raw, STATUSES).word,
      currency: null,
    },
    formContent,
    understood: UNDERSTOOD,
    people: PEOPLE,
    prose: PROSE,
    harmless: HARMLESS,
    readCredential: readSecret,
    createCredential: (): Credential => {
      const secret = createSecret();
      return { verify: secret, sign: secret };
    },
    samples,
    sign,
  };
}
