import { askScript, type Settings } from './process';

/** What a deployment has kept, as its database says it. */
export interface Kept {
  readonly postbacks: readonly KeptPostback[];
  readonly invoices: readonly KeptInvoice[];
  readonly counts: readonly { readonly project_id: string; readonly kind: string; readonly count: number }[];
}

export interface KeptPostback {
  readonly id: string;
  readonly project_id: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly reason_field: string | null;
  readonly duplicates: number;
  readonly answer_status: number;
  readonly duplicate_of: string | null;
  readonly verified: string | null;
  readonly signer: string | null;
  readonly invoice_id: string | null;
  readonly flags: readonly string[];
  /** Base64 of the bytes as received. */
  readonly body: string | null;
}

export interface KeptInvoice {
  readonly id: string;
  readonly project_id: string;
  readonly provider_invoice_id: string;
  readonly signer: string;
  readonly order_id: string | null;
  readonly status: string;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly is_test: boolean;
  readonly test_mode_known: boolean;
  readonly attention: readonly string[];
  /** `payment 24.61 USDT_TRC20`, sorted. */
  readonly transactions: readonly string[];
  /** Status and waybills. */
  readonly parcel: string | null;
}

/** The embedded database can only be read while no server has it. */
export function readKept(settings: Settings): Promise<Kept> {
  return askScript<Kept>('e2e/kept.ts', settings, null);
}

export function keptOf({ postbacks, invoices, counts }: Kept, projectId: string): Kept {
  const own = (row: { readonly project_id: string }): boolean => row.project_id === projectId;
  return { postbacks: postbacks.filter(own), invoices: invoices.filter(own), counts: counts.filter(own) };
}
