import { contradiction, merge } from '@/lib/fold/merge';
import { project } from '@/lib/fold/rows';
import type { Merged, State } from '@/lib/fold/state';
import { differingField } from '@/lib/fold/token';
import type { Event } from '@/lib/providers/provider';
import { changesBetween } from './changes';
import { type CopyRow, copyRow, type InvoiceRows, invoiceRows, type PostbackRow, postbackRow } from './documents';
import type { Entry } from './entry';

/** What the ledger already holds of the invoices, contents and tokens that a batch touches. */
export interface Found {
  readonly invoices: ReadonlyMap<string, FoundInvoice>;
  /** First row of each content key. */
  readonly known: ReadonlyMap<string, string>;
  /** What was said first under each token and invoice, by `tokenKey`. */
  readonly tokens: ReadonlyMap<string, Event>;
}

export interface FoundInvoice {
  readonly version: number;
  readonly state: State;
  /** The postback that made it. */
  readonly firstId: string;
}

export interface Plan {
  readonly invoices: readonly InvoiceRows[];
  readonly postbacks: readonly PostbackRow[];
  readonly copies: readonly CopyRow[];
  readonly decisions: readonly Decision[];
}

export interface Decision {
  readonly entry: Entry;
  readonly outcome: 'accepted' | 'contradiction' | 'duplicate';
  /** The invoice whose write this one went with; null: it stands alone. */
  readonly writtenWith: string | null;
  /** The row that says the same, its own or an earlier one; null: there is none. */
  readonly first: string | null;
}

export function tokenKey(tokenHash: string, invoiceId: string): string {
  return `${tokenHash} ${invoiceId}`;
}

/** Positions of one write: a batch may hold several postbacks of one invoice. */
const POSITIONS_A_VERSION = 1_000;

interface Working {
  version: number;
  state: State | null;
  before: State | null;
  firstId: string | null;
  written: number;
  project: string;
  namesSearchable: boolean;
  updatedAt: string;
}

/**
 * Decides what each postback of a batch is and what the batch writes, in the order in which they came. Reads nothing:
 * the write is refused where the ledger has moved on since `found`.
 */
export function plan(entries: readonly Entry[], found: Found): Plan {
  const working = new Map<string, Working>();
  const firsts = new Map<string, PostbackRow>();
  const tokens = new Map(found.tokens);
  const copies: CopyRow[] = [];
  const decisions: Decision[] = [];

  for (const entry of entries) {
    const invoice = open(working, entry, found);
    const known = found.known.get(entry.contentKey);
    if (known === entry.arrival.id) {
      // A try whose answer was lost: it is in the ledger already.
      decisions.push({ entry, outcome: 'accepted', writtenWith: null, first: known });
      continue;
    }
    const twin = firsts.get(entry.contentKey);
    const merged = known || twin ? null : judge(invoice, entry, tokens);
    const row = merged && merged.result !== 'nothing_new' ? advance(invoice, entry, merged) : null;
    if (row) {
      firsts.set(entry.contentKey, row);
      decisions.push({ entry, outcome: row.outcome, writtenWith: entry.invoiceId, first: row.id });
    } else {
      const first = known ?? twin?.id ?? invoice.firstId ?? entry.arrival.id;
      const own = [...firsts.values()].find((other) => other.id === first);
      const same = known ?? twin?.id ?? null;
      decisions.push({ entry, outcome: 'duplicate', writtenWith: own ? entry.invoiceId : null, first: same });
      const copy = { entry, sameContent: Boolean(known ?? twin) };
      if (own) own.copies.push(copy);
      else copies.push(copyRow(copy, first, copies.filter((other) => other.duplicate_of === first).length + 1));
    }
    if (entry.tokenHash) {
      const key = tokenKey(entry.tokenHash, entry.invoiceId);
      if (!tokens.has(key)) tokens.set(key, entry.event);
    }
  }

  const written = [...working.entries()].filter(([, invoice]) => invoice.written > 0);
  return {
    invoices: written.flatMap(([id, { state, version, project: projectId, updatedAt, namesSearchable }]) =>
      state ? [invoiceRows({ id, projectId, state, version: version + 1, updatedAt, namesSearchable })] : [],
    ),
    postbacks: [...firsts.values()],
    copies,
    decisions,
  };
}

function open(working: Map<string, Working>, entry: Entry, found: Found): Working {
  const known = working.get(entry.invoiceId);
  if (known) return known;
  const stored = found.invoices.get(entry.invoiceId);
  const state = stored?.state ?? null;
  const made: Working = {
    version: stored?.version ?? 0,
    state,
    before: state,
    firstId: stored?.firstId ?? null,
    written: 0,
    project: entry.arrival.projectId,
    namesSearchable: entry.namesSearchable,
    updatedAt: entry.arrival.receivedAt,
  };
  working.set(entry.invoiceId, made);
  return made;
}

function judge(invoice: Working, entry: Entry, tokens: ReadonlyMap<string, Event>): Merged {
  const { event, grade, signer, arrival, tokenHash } = entry;
  const first = tokenHash && grade === 'jwt' ? tokens.get(tokenKey(tokenHash, entry.invoiceId)) : undefined;
  const altered = first && differingField(first, event);
  if (altered && invoice.state) return contradiction(invoice.state, 'same_token', altered);
  return merge(invoice.state, { event, grade, signer, receivedAt: arrival.receivedAt });
}

/** Takes the merged state and makes the ledger row at the next position. */
function advance(invoice: Working, entry: Entry, merged: Merged): PostbackRow {
  const position = (invoice.version + 1) * POSITIONS_A_VERSION + invoice.written;
  const before = invoice.state && project(invoice.state);
  const row = postbackRow(entry, {
    outcome: merged.result === 'contradiction' ? 'contradiction' : 'accepted',
    reason: merged.reason,
    field: merged.field,
    position,
    changes: changesBetween(before, project(merged.state)),
  });
  invoice.state = merged.state;
  invoice.written += 1;
  invoice.firstId ??= entry.arrival.id;
  if (entry.arrival.receivedAt > invoice.updatedAt) invoice.updatedAt = entry.arrival.receivedAt;
  return row;
}
