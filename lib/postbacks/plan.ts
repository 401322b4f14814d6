import { contradiction, merge, mergeRepeat } from '@/lib/fold/merge';
import { project } from '@/lib/fold/rows';
import { same } from '@/lib/fold/stable';
import type { Merged, State } from '@/lib/fold/state';
import { alteredField } from '@/lib/fold/token';
import { getProvider } from '@/lib/providers';
import { addedUnmapped } from '@/lib/providers/unmapped-fields';
import { wellFormed } from '@/lib/text';
import { toInstant } from '@/lib/time';
import { type Changes, changesBetween } from './changes';
import {
  BODIES_AN_HOUR,
  COPIES_KEPT,
  type CopyRow,
  copyRow,
  countedCopies,
  type Document,
  type PostbackRow,
  postbackRow,
  ROWS_A_TOKEN,
  twinDocument,
} from './documents';
import { type InvoiceRows, invoiceRows } from './invoice-rows';
import type { Content } from './stored-event';
import type { VerifiedPostback } from './verified-postback';

/** What the ledger already holds of the invoices, contents and tokens that a batch touches. */
export interface Found {
  readonly invoices: ReadonlyMap<string, FoundInvoice>;
  /** First row of each content key, or the JSON body that says what a form says. */
  readonly known: ReadonlyMap<string, string>;
  /** The tokens that came before, by `tokenKey`. */
  readonly tokens: ReadonlyMap<string, UsedToken>;
}

/** A token under which a postback of an invoice came before. */
export interface UsedToken {
  /** Reads what was said under it first, where that is kept. */
  content(): Content;
  /** How many rows it made in the last hour, at most `ROWS_A_TOKEN`. */
  readonly rows: number;
}

export interface FoundInvoice {
  readonly version: number;
  readonly state: State;
  /** When its latest bodies were received, at most `BODIES_AN_HOUR` of them. */
  readonly received: readonly string[];
}

export interface Plan {
  readonly invoices: readonly InvoiceRows[];
  readonly postbacks: readonly PostbackRow[];
  /** Copies of earlier postbacks that move their invoice on; written with it. */
  readonly repeats: readonly Document[];
  readonly copies: readonly CopyRow[];
  readonly decisions: readonly Decision[];
}

export interface Decision {
  readonly entry: VerifiedPostback;
  readonly outcome: 'accepted' | 'contradiction' | 'duplicate';
  /** The invoice whose write this one went with; null: it stands alone. */
  readonly writtenWith: string | null;
  /** The row that says the same, its own or an earlier one; null: there is none, it is only counted. */
  readonly first: string | null;
}

export function tokenKey(tokenHash: string, invoiceId: string): string {
  return `${tokenHash} ${invoiceId}`;
}

/** Positions of one write: a batch may hold several postbacks of one invoice. */
const POSITIONS_A_VERSION = 1_000;
const HOUR_MS = 3_600_000;
const MAX_FIELD = 200;

interface Working {
  version: number;
  state: State | null;
  written: number;
  project: string;
  namesSearchable: boolean;
  updatedAt: string;
  received: string[];
}

/**
 * Decides what each postback of a batch is and what the batch writes, in the order in which they came. Reads nothing:
 * the write is refused where the ledger has moved on since `found`.
 */
export function plan(entries: readonly VerifiedPostback[], found: Found): Plan {
  const working = new Map<string, Working>();
  const firsts = new Map<string, PostbackRow>();
  const tokens = new Map(found.tokens);
  const copies: CopyRow[] = [];
  const repeats: Document[] = [];
  const decisions: Decision[] = [];

  for (const entry of entries) {
    const invoice = open(working, entry, found);
    const known = found.known.get(entry.contentKey);
    const twin = known ? undefined : twinOf(entry, firsts);
    if (known === entry.arrival.id) {
      // A try whose answer was lost: it is in the ledger already.
      decisions.push({ entry, outcome: 'accepted', writtenWith: null, first: known });
      continue;
    }
    const firstId = known ?? twin?.id ?? null;
    const repeat = firstId && advanceByRepeat(invoice, entry, firstId);
    if (repeat) {
      (twin?.repeats ?? repeats).push(repeat);
      if (known) copies.push(countedWith(known, entry));
      decisions.push({ entry, outcome: 'duplicate', writtenWith: entry.invoiceId, first: firstId });
    } else if (twin) {
      addCopy(twin, entry, tokens);
      decisions.push({ entry, outcome: 'duplicate', writtenWith: entry.invoiceId, first: twin.id });
    } else if (known) {
      copies.push(copyRow(entry, known, copies.filter((other) => other.duplicate_of === known).length + 1));
      decisions.push({ entry, outcome: 'duplicate', writtenWith: null, first: known });
    } else {
      const merged = judge(invoice, entry, tokens);
      const row = take(invoice, entry, merged, rowsOf(tokens, entry));
      if (row) firsts.set(entry.contentKey, row);
      const outcome = outcomeOf(merged);
      const writtenWith = invoice.written > 0 ? entry.invoiceId : null;
      decisions.push({ entry, outcome, writtenWith, first: row?.id ?? null });
    }
    keepToken(tokens, entry);
  }

  const written = [...working.entries()].filter(([, invoice]) => invoice.written > 0);
  return {
    invoices: written.flatMap(([id, { state, version, project: projectId, updatedAt, namesSearchable }]) =>
      state ? [invoiceRows({ id, projectId, state, version: version + 1, updatedAt, namesSearchable })] : [],
    ),
    postbacks: [...firsts.values()],
    repeats,
    copies,
    decisions,
  };
}

/** A row of this batch that says the same: the same content, or for a form a JSON body with the same six fields. */
function twinOf(
  { contentKey, formKey }: VerifiedPostback,
  firsts: ReadonlyMap<string, PostbackRow>,
): PostbackRow | undefined {
  const twin = firsts.get(contentKey);
  if (twin || formKey?.of !== 'form') return twin;
  return [...firsts.values()].find(({ document }) => document.form_key === formKey.key);
}

function addCopy(twin: PostbackRow, entry: VerifiedPostback, tokens: ReadonlyMap<string, UsedToken>): void {
  const fits = twin.copies.length < COPIES_KEPT && rowsOf(tokens, entry) < ROWS_A_TOKEN;
  if (fits || entry.recheck) twin.copies.push(entry);
  else twin.counted += 1;
}

function open(working: Map<string, Working>, entry: VerifiedPostback, found: Found): Working {
  const known = working.get(entry.invoiceId);
  if (known) return known;
  const stored = found.invoices.get(entry.invoiceId);
  const made: Working = {
    version: stored?.version ?? 0,
    state: stored?.state ?? null,
    written: 0,
    project: entry.arrival.projectId,
    namesSearchable: entry.namesSearchable,
    updatedAt: entry.arrival.receivedAt,
    received: [...(stored?.received ?? [])],
  };
  working.set(entry.invoiceId, made);
  return made;
}

/**
 * A token covers one attempt: what comes under it again may say the same or less. Whatever it would change or add is
 * somebody's alteration, and nothing of it is taken.
 */
function judge(invoice: Working, entry: VerifiedPostback, tokens: ReadonlyMap<string, UsedToken>): Merged {
  const { event, grade, signer, arrival } = entry;
  const merged = merge(invoice.state, { event, grade, signer, receivedAt: arrival.receivedAt });
  const used = usedToken(tokens, entry);
  if (!used || !invoice.state) return merged;
  const first = used.content();
  const added = merged.result === 'nothing_new' ? addedField(first, entry) : null;
  if (merged.result === 'nothing_new' && added === null) return merged;
  const altered = first.event && alteredField(first.event, event);
  return contradiction(invoice.state, 'same_token', altered ?? merged.field ?? added);
}

/** A field without a meaning that the first body under the token has not. */
function addedField(first: Content, entry: VerifiedPostback): string | null {
  const { fields } = contentOf(entry);
  const provider = getProvider(entry.providerId);
  if (!first.fields || !fields || !provider) return null;
  const added = addedUnmapped(first.fields, fields, provider.understood);
  // The sender's own name of a field: no NUL gets to the database, and nothing without end.
  return added && wellFormed(added.slice(0, MAX_FIELD));
}

function contentOf({ providerId, arrival, event }: VerifiedPostback): Content {
  const decoded = getProvider(providerId)?.decode(arrival.bytes);
  return { event, fields: decoded?.ok ? decoded.fields : null };
}

export function usedToken(
  tokens: ReadonlyMap<string, UsedToken>,
  { tokenHash, invoiceId }: VerifiedPostback,
): UsedToken | undefined {
  return tokenHash === null ? undefined : tokens.get(tokenKey(tokenHash, invoiceId));
}

function rowsOf(tokens: ReadonlyMap<string, UsedToken>, entry: VerifiedPostback): number {
  return usedToken(tokens, entry)?.rows ?? 0;
}

function outcomeOf({ result }: Merged): 'accepted' | 'contradiction' {
  return result === 'contradiction' ? 'contradiction' : 'accepted';
}

/** Takes the merged state and makes the ledger row; null where nothing changes and the hour's bodies are kept already. */
function take(invoice: Working, entry: VerifiedPostback, merged: Merged, rows: number): PostbackRow | null {
  if (isOverLimit(invoice, entry, merged, rows)) return null;
  const moved = move(invoice, entry, merged.state);
  invoice.received.push(entry.arrival.receivedAt);
  return postbackRow(entry, { outcome: outcomeOf(merged), reason: merged.reason, field: merged.field, ...moved });
}

/** Gives the next place in the order of the invoice, with what changed there. */
function move(
  invoice: Working,
  entry: VerifiedPostback,
  state: State,
): { readonly position: number; readonly changes: Changes } {
  const position = (invoice.version + 1) * POSITIONS_A_VERSION + invoice.written;
  const changes = changesBetween(invoice.state && project(invoice.state), project(state));
  const { receivedAt } = entry.arrival;
  invoice.state = state;
  invoice.written += 1;
  if (receivedAt > invoice.updatedAt) invoice.updatedAt = receivedAt;
  return { position, changes };
}

/**
 * A carrier says the same word again after another one, and the last word counts: the copy has a place in the order of
 * its invoice. Null where it changes nothing that is believed.
 */
function advanceByRepeat(invoice: Working, entry: VerifiedPostback, firstId: string): Document | null {
  const { state } = invoice;
  if (!state || !saysCarrierWord(entry)) return null;
  const { event, grade, signer, arrival } = entry;
  const next = mergeRepeat(state, { event, grade, signer, receivedAt: arrival.receivedAt });
  if (same(project(state), project(next), new Set())) return null;
  return { ...twinDocument(entry, firstId), ...move(invoice, entry, next) };
}

/** The only facts in which the time of a repetition counts. */
export function saysCarrierWord({ event }: VerifiedPostback): boolean {
  return Boolean(event.delivery?.carrier);
}

/** One more copy of a row that is in the ledger, counted once its invoice is written. */
function countedWith(firstId: string, entry: VerifiedPostback): CopyRow {
  return { ...countedCopies(entry, firstId, 1), written_with: entry.invoiceId };
}

function keepToken(tokens: Map<string, UsedToken>, entry: VerifiedPostback): void {
  if (entry.tokenHash === null) return;
  const used = usedToken(tokens, entry) ?? { content: () => contentOf(entry), rows: 0 };
  tokens.set(tokenKey(entry.tokenHash, entry.invoiceId), { ...used, rows: used.rows + 1 });
}

function isOverLimit(
  { state, received }: Working,
  { arrival, recheck }: VerifiedPostback,
  merged: Merged,
  rowsOfToken: number,
): boolean {
  // It has a row already.
  if (recheck) return false;
  const marks = merged.state.attention.length > (state?.attention.length ?? 0);
  if (merged.changed || marks) return false;
  if (rowsOfToken >= ROWS_A_TOKEN) return true;
  if (received.length < BODIES_AN_HOUR) return false;
  const hourAgo = toInstant(new Date(Date.parse(arrival.receivedAt) - HOUR_MS));
  return received.filter((at) => at > hourAgo).length >= BODIES_AN_HOUR;
}
