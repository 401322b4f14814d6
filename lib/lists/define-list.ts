import {
  type ListFilter,
  listParams,
  type Notice,
  type Params,
  Reader,
  readList,
  type Scope,
  withQuery,
} from '@/lib/query-string';
import { cursorReader, readSort, type Sort } from '@/lib/sort';
import type { FilterKind } from './filter-kinds';

/** The columns of a list. */
export interface ColumnSet {
  /** In the order in which they are shown. */
  readonly all: readonly string[];
  readonly usual: readonly string[];
  /** The column that opens the row; it is always shown. */
  readonly fixed: string;
  /** The column of people, which not every role sees. */
  readonly people?: string;
}

interface ListOptions<Values> {
  readonly name: ListName;
  readonly path: string;
  /** Beside those that every list has: text, provider, project and period. */
  readonly filters: { readonly [Name in keyof Values]: FilterKind<Values[Name]> };
  /** The first is the usual one. */
  readonly sorts: readonly [Sort, ...Sort[]];
  readonly columns: ColumnSet;
}

/** Also the namespace of its texts, and what a browser remembers its columns by. */
export const LIST_NAMES = ['invoices', 'transactions', 'deliveries', 'postbacks', 'audit'] as const;
export type ListName = (typeof LIST_NAMES)[number];

export type Sorted = ListFilter & { readonly sort: Sort };

/** The filter that an address of the list holds. */
export type FilterOf<Defined> = Defined extends List<infer Values> ? Sorted & Values : never;

/** A list: its address, filters, sorts and columns. All that reads or writes its address follows from this. */
export interface List<Values> extends ListOptions<Values> {
  readonly filterNames: readonly (keyof Values & string)[];
  read(params: Params, scope: Scope): { readonly filter: Sorted & Values; readonly notices: readonly Notice[] };
  /** The first page of the list with something else chosen. */
  href(filter: Sorted & Values, zone: string, change?: Partial<Sorted & Values>): string;
  /** The same with no filter. */
  clearedHref(filter: Sorted & Values): string;
  isFiltered(filter: Sorted & Values): boolean;
  /** The values of one filter in an address; empty when it lets every row through. */
  written(name: keyof Values, filter: Values): readonly string[];
}

export function defineList<Values extends object>(options: ListOptions<Values>): List<Values> {
  const { path, filters, sorts } = options;
  const filterNames = Object.keys(filters) as (keyof Values & string)[];
  const written = (name: keyof Values, values: Values): readonly string[] => filters[name].write(values[name]);
  const valuesBy = (value: (name: keyof Values & string) => unknown): Values =>
    Object.fromEntries(filterNames.map((name) => [name, value(name)])) as Values;
  return {
    ...options,
    filterNames,
    written,
    read: (params, scope) => {
      const reader = new Reader(params);
      const sort = readSort(reader, sorts);
      const values = valuesBy((name) => filters[name].read(reader, name));
      const filter = { ...readList(reader, scope, cursorReader(sort)), sort, ...values };
      return { filter, notices: reader.notices };
    },
    href: (filter, zone, change = {}) => {
      const next = { ...filter, after: null, ...change };
      const params = listParams(next, zone);
      for (const name of filterNames) for (const value of written(name, next)) params.append(name, value);
      if (next.sort !== sorts[0]) params.set('sort', next.sort);
      return withQuery(path, params);
    },
    clearedHref: (filter) => {
      const params = new URLSearchParams();
      for (const name of filterNames)
        if (filters[name].control === 'tabs') for (const value of written(name, filter)) params.append(name, value);
      return withQuery(path, params);
    },
    isFiltered: (filter) => {
      const { q, provider, project, from, to } = filter;
      const isNarrowed = filterNames.some(
        (name) => filters[name].control !== 'tabs' && written(name, filter).length > 0,
      );
      return isNarrowed || [q, provider, project, from, to].some(Boolean);
    },
  };
}
