import { type AuditFilter, auditList } from '@/lib/audit/audit-list';
import { DIALECTS, type Dialect } from '@/lib/csv';
import { type DeliveryFilter, deliveryList } from '@/lib/deliveries/delivery-list';
import { type InvoiceFilter, invoiceList } from '@/lib/invoices/invoice-list';
import type { List, Sorted } from '@/lib/lists/define-list';
import { TEST_CHOICES, type TestChoice } from '@/lib/lists/filter-kinds';
import { type PostbackFilter, postbackList } from '@/lib/postbacks/postback-list';
import { type Notice, type Params, Reader, type Scope } from '@/lib/query-string';
import { SORTS, type Sort, TIME_SORTS } from '@/lib/sort';
import { type TransactionFilter, transactionList } from '@/lib/transactions/transaction-list';
import { isDate } from '@/lib/zone';
import { PRESETS, type PresetId, takesOnlyPlainCsv } from './preset-names';
import { VIEWS, type ViewId } from './view-names';

export const FORMATS = ['csv', 'xlsx', 'zip'] as const;
export type Format = (typeof FORMATS)[number];

/** What is wrong with a query, for a sentence: a code, and the value it is about. */
export interface Problem {
  readonly code: string;
  readonly value: string;
}

/** What the lists of the screens make of the address. */
interface ExportFilters {
  readonly invoices: InvoiceFilter;
  readonly transactions: TransactionFilter;
  readonly deliveries: DeliveryFilter;
  readonly postbacks: PostbackFilter;
  readonly audit: AuditFilter;
}

type ListName = keyof ExportFilters;

const FILTER_NAMES: Readonly<Record<ListName, readonly string[]>> = {
  invoices: invoiceList.filterNames,
  transactions: transactionList.filterNames,
  // Its tab has a parameter of its own: `view` is the file.
  deliveries: deliveryList.filterNames.filter((name) => name !== 'view'),
  postbacks: postbackList.filterNames,
  audit: auditList.filterNames,
};

/** The lists whose filters a file takes: those of its own list all, and others by name. */
const TAKEN: Readonly<Record<ViewId, Readonly<Partial<Record<ListName, readonly string[]>>>>> = {
  invoices: { invoices: FILTER_NAMES.invoices, transactions: FILTER_NAMES.transactions },
  invoice_list: { invoices: FILTER_NAMES.invoices },
  transactions: { transactions: FILTER_NAMES.transactions, invoices: ['status'] },
  items: { invoices: FILTER_NAMES.invoices },
  deliveries: { deliveries: FILTER_NAMES.deliveries, invoices: ['min', 'max'] },
  postbacks: { postbacks: FILTER_NAMES.postbacks },
  audit: { audit: FILTER_NAMES.audit },
};

/** Which file somebody wants. The URL is the only place it is kept. */
export interface ExportRequest {
  readonly view: ViewId;
  /** The period and the projects stand beside it. */
  readonly filters: ExportFilters;
  readonly from: string | null;
  /** Not included. */
  readonly to: string | null;
  readonly zone: string;
  /** Empty: all that one may see. */
  readonly projects: readonly string[];
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

const EVERY_LIST = ['q', 'provider', 'from', 'to', 'tz'] as const;
const EVERY_VIEW = [...EVERY_LIST, 'project', 'sort', 'after'] as const;
const EVERY_FILE = ['format', 'dialect', 'columns'] as const;

/** What a file has beside the filters of its list. */
const OF_FILE: Readonly<Record<ViewId, readonly string[]>> = {
  invoices: ['expected', 'people', 'preset'],
  invoice_list: ['people'],
  transactions: ['expected', 'people'],
  items: [],
  deliveries: ['unresolved', 'people'],
  postbacks: [],
  audit: [],
};

function parametersOf(view: ViewId): readonly string[] {
  return [...new Set([...Object.values(TAKEN[view]).flat(), ...OF_FILE[view]])];
}

export const PARAMETERS = Object.fromEntries(VIEWS.map((view) => [view, parametersOf(view)])) as Readonly<
  Record<ViewId, readonly string[]>
>;

/** What an address carries along where a form has no control for it. */
export const CARRIED: ReadonlySet<string> = new Set(
  ['q', 'provider', 'sort', 'columns', 'unresolved', ...Object.values(FILTER_NAMES).flat()].filter(
    (name) => name !== 'test',
  ),
);

/** The filters of the lists as an address has them, each once. */
export function writtenFilters({ view, filters }: ExportRequest): readonly (readonly [name: string, value: string])[] {
  const write = <Values>(name: ListName, list: List<Values>, filter: Values): (readonly [string, string])[] =>
    list.filterNames
      .filter((filterName) => filterName !== 'test' && TAKEN[view][name]?.includes(filterName))
      .flatMap((filterName) => list.written(filterName, filter).map((value) => [filterName, value] as const));
  const written = [
    ...write('invoices', invoiceList, filters.invoices),
    ...write('transactions', transactionList, filters.transactions),
    ...write('deliveries', deliveryList, filters.deliveries),
    ...write('postbacks', postbackList, filters.postbacks),
    ...write('audit', auditList, filters.audit),
  ];
  return [...new Map(written.map((pair) => [pair.join(' '), pair])).values()];
}

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
  const { filters, notices } = readFilters(view, params, scope);
  const choice = <Word extends string>(name: string, words: readonly Word[], otherwise: Word): Word =>
    reader.one(name, (text) => words.find((word) => word === text) ?? null) ?? otherwise;
  const flag = (name: string): boolean => reader.one(name, (text) => (text === 'include' ? true : null)) ?? false;
  const request: ExportRequest = {
    view,
    filters,
    from: filters.invoices.from,
    to: filters.invoices.to,
    zone: filters.invoices.tz,
    projects: reader.many('project', isOneOf(scope.projects)),
    test: choice('test', TEST_CHOICES, 'exclude'),
    expected: flag('expected'),
    people: flag('people'),
    preset: choice('preset', PRESETS, 'everything'),
    dialect: choice('dialect', DIALECTS, 'plain'),
    format: choice('format', FORMATS, 'csv'),
    sort: choice('sort', hasAmounts(view) ? SORTS : TIME_SORTS, 'oldest'),
    columns: readColumns(reader, columns),
  };
  reader.one('unresolved', (text) => (text === 'only' ? text : null));
  const bad = [...notices, ...reader.notices].map(({ field, value }) => problemOf(field, value));
  return { request, problems: distinct([...unknownParameters(view, params), ...bad, ...atOdds(request)]) };
}

/** Each list reads the parameters that the file takes of it; a file may be of several projects and has test rows of its own. */
function readFilters(
  view: ViewId,
  params: Params,
  scope: Scope,
): { readonly filters: ExportFilters; readonly notices: readonly Notice[] } {
  const notices: Notice[] = [];
  const read = <Values>(name: ListName, list: List<Values>, more: Params = {}): Sorted & Values => {
    const names = [...EVERY_LIST, ...(TAKEN[view][name] ?? []).filter((filterName) => filterName !== 'test')];
    const own = Object.fromEntries(names.map((filterName) => [filterName, params[filterName]]));
    const { filter, notices: bad } = list.read({ ...own, ...more }, scope);
    notices.push(...bad);
    return filter;
  };
  const filters: ExportFilters = {
    invoices: read('invoices', invoiceList),
    transactions: read('transactions', transactionList),
    deliveries: read(
      'deliveries',
      deliveryList,
      [params.unresolved].flat().includes('only') ? { view: 'unresolved' } : {},
    ),
    postbacks: read('postbacks', postbackList),
    audit: read('audit', auditList),
  };
  return { filters, notices };
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
