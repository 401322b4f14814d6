import type { DeliveryStatus } from '@/lib/deliveries/status';
import type { InvoiceStatus } from '@/lib/invoices/status';
import type { ClaimReader } from './claim';

/** A UTC instant as text with microseconds where known: `2026-01-27T10:20:04.222439Z`. */
export type Instant = string;

/** A decimal number as text, exponent written out, scale kept: `0.000113`, `53`, `-1.10`. Never a JavaScript number. */
export type Decimal = string;

/** A decoded body. Numbers stay the digits that were sent, so they are text here like everything else. */
export type Value = string | boolean | null | readonly Value[] | Fields;
export interface Fields {
  readonly [name: string]: Value;
}

/** Who signed: the provider, or this project's own test secret, whose postbacks are test money for ever. */
export type Signer = 'live' | 'test';

/** How well a postback is bound to what it says, best last within its family. */
export type Grade = 'jwt_unbound' | 'jwt' | 'rsa_legacy' | 'rsa';

/** One live secret of a project. `value` is what verifies: a shared secret or a public key in PEM. */
export interface Secret {
  readonly id: string;
  readonly signer: Signer;
  readonly value: string;
  /** True for a previous secret inside its grace period. */
  readonly retiring: boolean;
}

/** What a project keeps of one credential. `sign` is only known where we made the credential ourselves. */
export interface Credential {
  readonly verify: string;
  readonly sign: string | null;
}

export const CREDENTIAL_PROBLEMS = [
  'too_short',
  'well_known',
  'quoted',
  'named',
  'api_key',
  'not_a_secret',
  'not_a_public_key',
  'private_key',
  'several_keys',
] as const;
export type CredentialProblem = (typeof CREDENTIAL_PROBLEMS)[number];
export type CredentialReading =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly problem: CredentialProblem };

export const UNREADABLE_REASONS = [
  'empty',
  'bad_encoding',
  'bad_json',
  'not_an_object',
  'repeated_key',
  'too_deep',
  'not_a_form',
] as const;
export type UnreadableReason = (typeof UNREADABLE_REASONS)[number];

export type Decoded =
  | { readonly ok: true; readonly fields: Fields; readonly format: 'json' | 'form' }
  /** `detail` is English for the sender, never a piece of the body. */
  | { readonly ok: false; readonly reason: UnreadableReason; readonly detail: string };

export const REFUSAL_REASONS = [
  'token_missing',
  'token_malformed',
  'algorithm_refused',
  'token_wrong_key',
  'token_expired',
  'token_not_yet_valid',
  'token_without_expiry',
  'token_critical_header',
  'token_other_invoice',
  'signature_missing',
  'signature_malformed',
  'signature_wrong_key',
  'no_secret',
  'weak_secret',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

export type Verdict =
  | {
      readonly authentic: true;
      readonly grade: Grade;
      readonly signer: Signer;
      readonly secretId: string;
      /** The bare token where there was one, so that its second use with other content is noticed. */
      readonly token: string | null;
      readonly flags: readonly Flag[];
    }
  | { readonly authentic: false; readonly reason: RefusalReason };

/** Something staff should see although the postback was taken. */
export const FLAGS = [
  'unbound_token',
  'long_lived_token',
  'old_secret',
  'old_url',
  'legacy_signature',
  'no_details',
  'unreadable_field',
  'not_money',
  'amounts_disagree',
  'unknown_status',
  'time_ahead',
] as const;
export type FlagCode = (typeof FLAGS)[number];
export interface Flag {
  readonly code: FlagCode;
  /** The field it is about, dotted (`invoice_info.created`), where there is one. */
  readonly field?: string;
}

export interface Item {
  readonly description: string;
  readonly count: Decimal | null;
  /** Per unit. */
  readonly price: Decimal | null;
}

/**
 * What one postback says of one payment. Crypto payments are told apart by the set of their hashes and their amount
 * is the running total of that set; card payments are told apart by the merchant's own id.
 */
export interface PaymentClaim {
  readonly externalId: string | null;
  /** As sent, in any spelling. */
  readonly hashes: readonly string[];
  /** Null when the sent amount is no money (zero, negative, out of range, unreadable). */
  readonly amount: Decimal | null;
  readonly currency: string | null;
  readonly amountUsd: Decimal | null;
  /** When the provider says it happened. */
  readonly occurredAt: Instant | null;
  /** Further amounts as sent, by our names: due, paid, network_fee, service_fee, received, surcharge (each also _usd), fiat_amount. */
  readonly amounts: Readonly<Record<string, Decimal>>;
  readonly items: readonly Item[];
  /** What was given back of this payment so far, all in all. */
  readonly refunded?: Decimal;
  /** Descriptive facts of this payment alone, by our names: card, RRN, approval. */
  readonly details?: Readonly<Record<string, string>>;
}

export interface DeliveryClaim {
  readonly waybills: readonly string[];
  readonly failureReasons: readonly string[];
  readonly carrier: {
    readonly code: string | null;
    readonly text: string | null;
    readonly status: DeliveryStatus;
    /** The cash that was collected for it has been paid out. */
    readonly paidOut?: true;
  } | null;
}

/** People's data: encrypted at rest, but for names. */
export const PEOPLE_FIELDS = [
  'client_name',
  'client_phone',
  'client_email',
  'client_ip',
  'recipient_name',
  'recipient_phone',
  'recipient_address',
] as const;
export type PeopleField = (typeof PEOPLE_FIELDS)[number];
export type People = Readonly<Partial<Record<PeopleField, string>>>;

/** What a postback says, in our language. Text is well formed: no NUL, no lone surrogate (U+FFFD stands there instead). */
export interface Event {
  /** The provider's id, normalised (`INV-` stripped and upper case; a session id in lower case). */
  readonly invoiceId: string;
  /** `transfers`: payments by hash set with running totals. `payments`: payments by external id, each with its stages. */
  readonly bookkeeping: 'transfers' | 'payments';
  readonly status: {
    readonly word: InvoiceStatus;
    /** The provider's own word. */
    readonly raw: string;
    /** A status that only the notification's outcome implies yields to one the invoice itself states. */
    readonly basis: 'notification' | 'invoice';
    /** Order of raw words within one of ours (`holded` 0 before `hold_confirmed` 1). */
    readonly step: number;
  };
  /** The order named by the invoice itself; for `payments` bookkeeping the fallback when no payment names one. */
  readonly orderId: string | null;
  /** Null: the body does not say. */
  readonly isTest: boolean | null;
  readonly createdAt: Instant | null;
  /** Descriptive facts by our names: method, network, address, expires_at, fee_payer, rate, aml, terminal … */
  readonly facts: Readonly<Record<string, string>>;
  readonly payments: readonly PaymentClaim[];
  /** What was given back of all payments together so far, where the body does not say of which. */
  readonly refunded?: Decimal;
  readonly delivery: DeliveryClaim | null;
  readonly people: People;
  readonly flags: readonly Flag[];
}

export type Parsed =
  | { readonly ok: true; readonly event: Event }
  | { readonly ok: false; readonly field: string; readonly problem: 'missing' | 'unreadable' };

/** A request as the provider would send it. */
export interface SignedPostback {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Readonly<Record<string, string>>;
}

export interface SignOptions {
  readonly now: Date;
  readonly format?: 'json' | 'form';
}

/** A genuine body, ready to be changed and signed. Every call makes a new invoice id unless `fields` sets one. */
export interface Sample {
  readonly name: string;
  build(now: Date): Fields;
}

/** What is asked of a request's headers; names in lower case. */
export type HeaderReader = Pick<Headers, 'get' | 'has'>;

/** One provider: an outside language in, ours out. Pure functions; a stranger's mistake is a value, never an exception. */
export interface Provider {
  readonly id: string;
  readonly label: string;
  /** What staff enters: `secret` one line of text, `public_key` a PEM. */
  readonly credential: 'secret' | 'public_key';
  /** The one public answer to every refusal. */
  readonly refusal: 'Invalid token' | 'Invalid signature';
  /** The headers that sign a body, in lower case: they are stored with it. */
  readonly signatureHeaders: readonly string[];
  decode(bytes: Uint8Array): Decoded;
  /** The fields that `verify` looks at, and nothing else: for a large body that nobody has verified yet. */
  skim(bytes: Uint8Array): Decoded;
  verify(input: {
    readonly bytes: Uint8Array;
    readonly fields: Fields;
    readonly headers: HeaderReader;
    readonly secrets: readonly Secret[];
    readonly now: Date;
  }): Promise<Verdict>;
  parse(fields: Fields): Parsed;
  /** The one spelling of an invoice's id by which it is known, `Event.invoiceId`. */
  normaliseInvoiceId(sent: string): string;
  /** Where a body says what it is about, for those that are refused, incomplete or unreadable. */
  readonly claims: ClaimReader;
  /** What a form body with no more than its fields says, in one spelling and without the token; null: it is none, and no form says it. */
  formContent(fields: Fields, format: 'json' | 'form'): Fields | null;
  /** The fields to which we give a meaning or that hold people's data, dotted; every other is shown as sent, masked by its value. */
  readonly understood: readonly string[];
  /** Of those, the ones that hold people's data: masked wherever a body is shown. */
  readonly people: readonly string[];
  /** Of those, text for people to read, in which somebody may be named: phones and e-mail addresses in it are hidden. */
  readonly prose: readonly string[];
  /** Fields without a meaning that are known to name nobody: every role sees them. */
  readonly harmless: readonly string[];
  /** What staff entered, repaired where that is certain; else why it can never be right, or anybody could guess it. */
  readCredential(entered: string): CredentialReading;
  /** A fresh credential for test postbacks. */
  createCredential(): Credential;
  readonly samples: readonly Sample[];
  /** Signs as the provider does; `key` is the shared secret or the private key in PEM. */
  sign(fields: Fields, key: string, options: SignOptions): Promise<SignedPostback>;
}
