import { networkOf } from '@/lib/currency-code';
import { isStaticWallet } from '@/lib/invoices/static-wallet';
import type { Decimal, Instant, Item } from '@/lib/providers/provider';
import type { TransactionKind } from '@/lib/transactions/status';
import { instantOf } from './instants';
import { type PeopleColumns, type Person, readPerson } from './person';
import { StoredState } from './stored-state';
import { type TransactionFacts, transactionFacts } from './transaction-facts';

/** One transaction of money with all that a file may say of it. */
export interface TransactionRecord {
  readonly row: TransactionFileRow;
  readonly state: StoredState;
  readonly believed: TransactionFacts;
  /** True: crypto money, whose four fiat amounts are the provider's own in US dollars. */
  readonly isCrypto: boolean;
  readonly occurredAt: Instant;
  readonly rowId: string;
  /** Empty unless people were asked for. */
  readonly person: Person;
}

/** As `transactionScan` reads it. */
export interface TransactionFileRow extends PeopleColumns {
  readonly at: string;
  readonly id: string;
  readonly kind: TransactionKind;
  readonly amount: Decimal;
  readonly currency: string | null;
  readonly amount_usd: Decimal | null;
  readonly hashes: string;
  readonly external_id: string | null;
  readonly time_source: string;
  readonly provider: string;
  readonly project: string;
  readonly provider_invoice_id: string;
  readonly signer: string;
  readonly order_id: string | null;
  readonly status: string;
  readonly status_raw: string;
  readonly cash_on_delivery: string | null;
  readonly created_at: string;
  readonly is_test: boolean;
  readonly test_mode_known: boolean;
  readonly state: string;
  readonly delivery_status: string | null;
  readonly waybills: string | null;
  readonly failure_reasons: string | null;
  readonly postbacks: number;
}

export function toTransactionRecord(row: TransactionFileRow): TransactionRecord {
  const { kind, hashes, external_id: externalId } = row;
  const state = new StoredState(row.state);
  const occurredAt = instantOf(row.at);
  const believed = transactionFacts(state, { kind, hashes, externalId, occurredAt, amount: row.amount });
  return {
    row,
    state,
    believed,
    isCrypto: state.isCrypto(),
    occurredAt,
    rowId: `${row.provider}-${row.provider_invoice_id}-${kind}-${believed.number}${row.signer === 'test' ? '-test' : ''}`,
    person: readPerson(row),
  };
}

/** A session with several payments has an order for each. */
export function orderOf({ row }: TransactionRecord): string | null {
  return row.external_id ?? row.order_id;
}

export function factOf({ state }: Pick<TransactionRecord, 'state'>, name: string): string | null {
  return state.fact(name);
}

/** What the fiat amounts are in. */
export function currencyOf({ isCrypto, row }: TransactionRecord): string | null {
  return isCrypto ? 'USD' : row.currency;
}

export function assetOf({ isCrypto, row }: TransactionRecord): string | null {
  return isCrypto ? row.currency : null;
}

/** A form body and one of v1 name the network in the code of the currency alone. */
export function networkOfTransaction(transaction: TransactionRecord): string | null {
  return factOf(transaction, 'network') ?? networkOf(assetOf(transaction));
}

export function grossOf({ isCrypto, row }: TransactionRecord): Decimal | null {
  return isCrypto ? row.amount_usd : row.amount;
}

/** One of the provider's further amounts, of crypto money alone; a static wallet has no amount due. */
export function cryptoAmount({ isCrypto, believed, row }: TransactionRecord, name: string): Decimal | null {
  if (!isCrypto || (name === 'due' && isStaticWallet('transfers', row.provider_invoice_id))) return null;
  return believed.amount(name);
}

/** `2 × Cup | 1 × Plate`. */
export function itemsText(items: readonly Item[]): string | null {
  if (items.length === 0) return null;
  return items
    .map(({ count, description }) => (count === null ? description : `${count} × ${description}`))
    .join(' | ');
}

export function testWord({ is_test, test_mode_known }: { is_test: boolean; test_mode_known: boolean }): string {
  if (is_test) return 'yes';
  return test_mode_known ? 'no' : 'unknown';
}
