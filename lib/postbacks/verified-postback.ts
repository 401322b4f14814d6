import type { Claim } from '@/lib/providers/claim';
import type { Event, Grade, Instant, Signer } from '@/lib/providers/provider';
import type { StoredRequest } from './request';

/** A delivery to a known notification URL, as received. */
export interface ReceivedPostback {
  readonly id: string;
  readonly projectId: string;
  readonly receivedAt: Instant;
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
  readonly userAgent: string | null;
  readonly request: StoredRequest;
}

/** That somebody had a refused postback checked again. */
export interface Recheck {
  readonly by: string;
  readonly at: Instant;
}

/** An authentic postback on its way into the ledger and the fold. */
export interface VerifiedPostback {
  readonly arrival: ReceivedPostback;
  readonly providerId: string;
  readonly event: Event;
  /** What the log shows of it. */
  readonly claim: Claim;
  readonly grade: Grade;
  readonly signer: Signer;
  readonly secretId: string;
  /** The project's choice. */
  readonly namesSearchable: boolean;
  readonly flags: Event['flags'];
  /** Made from project, provider's id and signer. */
  readonly invoiceId: string;
  /** SHA-256 in hexadecimal of what the postback says. */
  readonly contentKey: string;
  /**
   * Keyed like it, what the six fields of a form say. `form` looks by it for a JSON body with the same six, which says
   * all of it and more; `json` is found by it. Null: a form never says what this one says.
   */
  readonly formKey: { readonly of: 'form' | 'json'; readonly key: string } | null;
  /** SHA-256 in hexadecimal of the token, where there was one. */
  readonly tokenHash: string | null;
  /** Set where it was refused before and has a row already: by whom it was checked again, and when. */
  readonly recheck?: Recheck | null;
}
