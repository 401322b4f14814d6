import type { Kind } from '@/lib/search/terms';

/** Said by the server: catalogues stay out of the browser. */
export interface SearchWords {
  readonly label: string;
  readonly placeholder: string;
  readonly hint: string;
  readonly none: string;
  readonly noneNext: string;
  readonly toPostbacks: string | null;
  /** Over what postbacks claim that were not taken. */
  readonly claims: string;
  readonly unverified: string;
  readonly allClaims: string;
  readonly outcomes: Readonly<Record<string, string>>;
  readonly failed: string;
  readonly signedOut: string;
  readonly all: string;
  readonly more: string;
  readonly test: string;
  readonly noOrder: string;
  readonly kinds: Readonly<Record<Kind, string>>;
  readonly statuses: Readonly<Record<string, string>>;
  /** Beside `paid`, while the cash of the parcel is not there. */
  readonly cash: Readonly<Record<string, string>>;
}
