import type { Rows, TransactionRow } from '@/lib/fold/rows';

/** What one postback changed in what is believed, for the timeline; absent keys did not change. */
export interface Changes {
  readonly created?: true;
  readonly status?: readonly [from: string | null, to: string];
  readonly amount?: readonly [from: string | null, to: string | null];
  readonly waybills?: readonly string[];
  readonly failureReasons?: readonly string[];
  readonly delivery?: readonly [from: string | null, to: string];
  readonly movements?: readonly { readonly kind: string; readonly amount: string; readonly currency: string | null }[];
}

export function changesBetween(before: Rows | null, after: Rows): Changes {
  const added = (from: readonly string[] | undefined, to: readonly string[] | undefined): readonly string[] =>
    (to ?? []).filter((value) => !from?.includes(value));
  const known = new Set(before?.transactions.map(nameOf));
  const movements = after.transactions
    .filter((row) => !known.has(nameOf(row)))
    .map(({ kind, amount, currency }) => ({ kind, amount, currency }));
  const waybills = added(before?.delivery?.waybills, after.delivery?.waybills);
  const failureReasons = added(before?.delivery?.failureReasons, after.delivery?.failureReasons);
  const parcel = after.delivery && before?.delivery?.status !== after.delivery.status ? after.delivery.status : null;
  return {
    ...(before ? {} : { created: true }),
    ...(before?.invoice.status === after.invoice.status
      ? {}
      : { status: [before?.invoice.status ?? null, after.invoice.status] }),
    ...(before?.invoice.amount === after.invoice.amount
      ? {}
      : { amount: [before?.invoice.amount ?? null, after.invoice.amount] }),
    ...(waybills.length ? { waybills } : {}),
    ...(failureReasons.length ? { failureReasons } : {}),
    ...(parcel ? { delivery: [before?.delivery?.status ?? null, parcel] } : {}),
    ...(movements.length ? { movements } : {}),
  };
}

function nameOf({ kind, key, amount }: TransactionRow): string {
  return JSON.stringify([kind, key, amount]);
}
