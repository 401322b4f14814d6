import { isAction, isWho } from '@/lib/audit/filter';
import { DIALECTS, type Dialect } from '@/lib/csv';
import { DELIVERY_STATUSES, type DeliveryStatus } from '@/lib/deliveries/status';
import { type InvoiceFilter, readInvoiceFilter, TEST_CHOICES, type TestChoice } from '@/lib/invoices/filter';
import { KEPT_OUTCOMES, type KeptOutcome } from '@/lib/postbacks/outcome';
import { type Params, Reader, type Scope } from '@/lib/query-string';
import { SORTS, type Sort, TIME_SORTS } from '@/lib/sort';
import { TRANSACTION_KINDS, type TransactionKind } from '@/lib/transactions/status';
import { isDate } from '@/lib/zone';
import { PRESETS, type PresetId, takesOnlyPlainCsv } from './preset-names';
import type { ViewId } from './view-names';

export const FORMATS = ['csv', 'xlsx', 'zip'] as const;
export type Format = (typeof FORMATS)[number];

/** What is wrong with a query, for a sentence: a code, and the value it is about. */
export interface Problem {
  readonly code: string;
  readonly value: string;
}

/** Which file somebody wants. The URL is the only place it is kept. */
export interface ExportRequest {
  readonly view: ViewId;
  /** What the screens filter by; the period and the projects stand beside it. */
  readonly invoices: InvoiceFilter;
  readonly from: string | null;
  /** Not included. */
  readonly to: string | null;
  readonly zone: string;
  /** Empty: all that one may see. */
  readonly projects: readonly string[];
  readonly kinds: readonly TransactionKind[];
  readonly deliveryStatuses: readonly DeliveryStatus[];
  /** Only failed waybills that need a person, as the list of those. */
  readonly unresolved: boolean;
  readonly outcomes: readonly KeptOutcome[];
  /** Of the audit log: whose acts, and which. */
  readonly who: string | null;
  readonly actions: readonly string[];
  readonly test: TestChoice;
  /** Cash on delivery that has not been paid out. */
  readonly expected: boolean;
  readonly people: boolean;
  readonly preset: PresetId;
  readonly dialect: Dialect;
  readonly format: Format;
  readonly sort: Sort;
  /** Null: every column. */
  readonly columns: readonly string[] | null;
}

const EVERY_VIEW = ['q', 'provider', 'project', 'from', 'to', 'tz', 'sort', 'after'] as const;
const EVERY_FILE = ['format', 'dialect', 'columns'] as const;
const OF_MONEY = ['status', 'kind', 'min', 'max', 'test', 'expected', 'people'] as const;

export const PARAMETERS: Readonly<Record<ViewId, readonly string[]>> = {
  invoices: [...OF_MONEY, 'preset'],
  invoice_list: ['status', 'min', 'max', 'test', 'people'],
  transactions: OF_MONEY,
  items: ['status', 'min', 'max', 'test'],
  deliveries: ['status', 'unresolved', 'min', 'max', 'test', 'people'],
  postbacks: ['outcome', 'test'],
  audit: ['who', 'action'],
};

/** Of which there is an order by amount. */
function hasAmounts(view: ViewId): boolean {
  return view === 'invoices' || view === 'invoice_list' || view === 'transactions';
}

const isOneOf =
  <Word extends string>(words: readonly Word[]) =>
  (text: string): text is Word =>
    (words as readonly string[]).includes(text);

/** Either every parameter is understood, or there is no file: what was mistyped must not widen it. */
export function readExportRequest(
  view: ViewId,
  params: Params,
  scope: Scope,
  columns: readonly string[],
): { readonly request: ExportRequest; readonly problems: readonly Problem[] } {
  const reader = new Reader(params);
  const own = readInvoiceFilter(onlyFor(view, params), scope);
  const choice = <Word extends string>(name: string, words: readonly Word[], otherwise: Word): Word =>
    reader.one(name, (text) => words.find((word) => word === text) ?? null) ?? otherwise;
  const flag = (name: string): boolean => reader.one(name, (text) => (text === 'include' ? true : null)) ?? false;
  const request: ExportRequest = {
    view,
    invoices: own.filter,
    from: own.filter.from,
    to: own.filter.to,
    zone: own.filter.tz,
    projects: reader.many('project', isOneOf(scope.projects)),
    kinds: reader.many('kind', isOneOf(TRANSACTION_KINDS)),
    deliveryStatuses: view === 'deliveries' ? reader.many('status', isOneOf(DELIVERY_STATUSES)) : [],
    unresolved: reader.one('unresolved', (text) => (text === 'only' ? true : null)) ?? false,
    outcomes: reader.many('outcome', isOneOf(KEPT_OUTCOMES)),
    who: reader.one('who', (text) => (isWho(text) ? text : null)),
    actions: reader.many('action', isAction),
    test: choice('test', TEST_CHOICES, 'exclude'),
    expected: flag('expected'),
    people: flag('people'),
    preset: choice('preset', PRESETS, 'everything'),
    dialect: choice('dialect', DIALECTS, 'plain'),
    format: choice('format', FORMATS, 'csv'),
    sort: choice('sort', hasAmounts(view) ? SORTS : TIME_SORTS, 'oldest'),
    columns: readColumns(reader, columns),
  };
  const bad = [...own.notices, ...reader.notices].map(({ field, value }) => problemOf(field, value));
  return { request, problems: distinct([...unknownParameters(view, params), ...bad, ...atOdds(request)]) };
}

/** The invoices' own filter reads what is its own: a parcel has other statuses, a list may hold several projects. */
function onlyFor(view: ViewId, params: Params): Params {
  const { project, after, sort, test, ...rest } = params;
  return view === 'deliveries' ? { ...rest, status: undefined } : rest;
}

function readColumns(reader: Reader, known: readonly string[]): readonly string[] | null {
  const wanted = reader.values('columns').map((name) => name.trim());
  for (const name of wanted) if (!known.includes(name)) reader.refuse('columns', name);
  const good = [...new Set(wanted)].filter((name) => known.includes(name));
  return good.length > 0 ? good : null;
}

function unknownParameters(view: ViewId, params: Params): readonly Problem[] {
  const known = new Set<string>([...EVERY_VIEW, ...EVERY_FILE, ...PARAMETERS[view]]);
  return Object.keys(params)
    .filter((name) => !known.has(name))
    .map((name) => ({ code: 'parameter', value: name.slice(0, 80) }));
}

function problemOf(field: string, value: string): Problem {
  // A date that exists is refused only for where it stands.
  return { code: field === 'to' && isDate(value) ? 'backwards' : field, value };
}

function atOdds({ preset, dialect, format, columns }: ExportRequest): readonly Problem[] {
  if (!takesOnlyPlainCsv(preset)) return [];
  return [
    ...(dialect === 'plain' ? [] : [{ code: 'plainOnly', value: preset }]),
    ...(format === 'xlsx' ? [{ code: 'csvOnly', value: preset }] : []),
    ...(columns === null ? [] : [{ code: 'fixedColumns', value: preset }]),
  ];
}

function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.code} ${problem.value}`, problem])).values()];
}

const ANY = new Set(Object.values(PARAMETERS).flat());

/** For a page, where another file or preset may have just been chosen: without what only the one before it had. */
export function fittedTo(view: ViewId, params: Params): Params {
  const preset = view === 'invoices' ? PRESETS.find((one) => [params.preset].flat().includes(one)) : undefined;
  const foreign = preset !== undefined && takesOnlyPlainCsv(preset);
  const gone = (name: string): boolean =>
    (ANY.has(name) && !PARAMETERS[view].includes(name)) ||
    (foreign && (EVERY_FILE as readonly string[]).includes(name));
  return Object.fromEntries(Object.entries(params).filter(([name]) => !gone(name)));
}

/** Languages in which Excel reads semicolons and decimal commas. */
const EXCEL_LANGUAGES = new Set(['uk', 'ru', 'pt']);

/** For a page: where none is chosen the dialect that the reader's Excel opens. A file's address names its own. */
export function withDialect(params: Params, locale: string): Params {
  const preset = PRESETS.find((one) => [params.preset].flat().includes(one)) ?? 'everything';
  const chosen = params.dialect !== undefined && params.dialect !== '';
  return chosen || takesOnlyPlainCsv(preset) || !EXCEL_LANGUAGES.has(new Intl.Locale(locale).language)
    ? params
    : { ...params, dialect: 'excel' };
}
