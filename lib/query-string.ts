import { type Cursor, readCursor, writeCursor } from './cursor';
import { parseDecimal } from './money';
import { isDate, isZone } from './zone';

/** What a page is given as `searchParams`. */
export type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A value that could not be used: its default stands instead, and the page says so. */
export interface Notice {
  readonly field: string;
  readonly value: string;
}

export interface Scope {
  /** The zone that counts when the URL names none. */
  readonly zone: string;
  readonly providers: readonly string[];
  /** The projects this person may see: any other is as unknown as one that does not exist. */
  readonly projects: readonly string[];
}

/** The invoices that a text finds; `many`: a good part of all, too many to name. */
export type Hits = readonly string[] | 'many';

/** How far names, phones and e-mail addresses are looked through for a text. */
export interface Asked {
  /** `limited`: phones by seven digits or more, names by four letters or more. */
  readonly people: 'none' | 'limited' | 'free';
  /** False: the digits are an order, an invoice or a waybill, so that no phone is looked for. */
  readonly phones?: false;
  /** A query that finds the one order by which fewer digits of a phone are looked for. */
  readonly ofOrder?: string;
}

/** What a member may look for with a text. */
export interface Permission {
  readonly asked: Asked;
  /** When this member may look for customers again; null: they may now. */
  readonly blockedUntil: Date | null;
}

/** The parameters that every list has. */

export interface ListFilter {
  readonly q: string;
  /** What `q` finds, once it was looked up. */
  readonly hits?: Hits;
  /** What this member may look for with `q`, once that was asked. */
  readonly permission?: Permission;
  readonly provider: string | null;
  readonly project: string | null;
  readonly from: string | null;
  /** Not included. */
  readonly to: string | null;
  readonly tz: string;
  readonly after: Cursor | null;
}

const LONGEST_TEXT = 200;

/** Reads parameters one by one and gathers a notice for each that is no good. */
export class Reader {
  readonly notices: Notice[] = [];

  constructor(private readonly params: Params) {}

  /** Every value of a parameter, given more than once or with commas. Empty ones say nothing. */
  values(name: string): string[] {
    const given = this.params[name];
    const list = typeof given === 'string' ? [given] : (given ?? []);
    return list.flatMap((value) => value.split(',')).filter((value) => value.trim() !== '');
  }

  first(name: string): string {
    const given = this.params[name];
    return (typeof given === 'string' ? given : (given?.[0] ?? '')).trim();
  }

  refuse(field: string, value: string): null {
    this.notices.push({ field, value: value.slice(0, 80) });
    return null;
  }

  one<T>(name: string, read: (text: string) => T | null): T | null {
    const text = this.first(name);
    if (text === '') return null;
    return read(text) ?? this.refuse(name, text);
  }

  many<T extends string>(name: string, isOne: (text: string) => text is T): T[] {
    const good: T[] = [];
    for (const value of new Set(this.values(name))) {
      if (isOne(value)) good.push(value);
      else this.refuse(name, value);
    }
    return good;
  }

  text(name: string): string {
    const text = this.first(name);
    if (text.length <= LONGEST_TEXT && !text.includes('\0')) return text;
    this.refuse(name, text);
    return '';
  }

  among(name: string, known: readonly string[]): string | null {
    return this.one(name, (text) => (known.includes(text) ? text : null));
  }

  amount(name: string): string | null {
    return this.one(name, (text) => parseDecimal(text.replace(',', '.')));
  }
}

/** `readAfter` for a list that is not sorted by time. */
export function readList(
  reader: Reader,
  scope: Scope,
  readAfter: (text: string) => Cursor | null = (text) => readCursor(text),
): ListFilter {
  const from = reader.one('from', (text) => (isDate(text) ? text : null));
  const to = reader.one('to', (text) => (isDate(text) ? text : null));
  const backwards = from !== null && to !== null && from >= to;
  if (backwards) reader.refuse('to', to);
  return {
    q: reader.text('q'),
    provider: reader.among('provider', scope.providers),
    project: reader.among('project', scope.projects),
    from,
    to: backwards ? null : to,
    tz: reader.one('tz', (text) => (isZone(text) ? text : null)) ?? scope.zone,
    after: reader.one('after', readAfter),
  };
}

/** Only what differs from the default, so that a link is short and the same filter is the same link. */
export function listParams(filter: ListFilter, zone: string): URLSearchParams {
  const params = new URLSearchParams();
  const set = (name: string, value: string | null): void => {
    if (value) params.set(name, value);
  };
  set('q', filter.q);
  set('provider', filter.provider);
  set('project', filter.project);
  set('from', filter.from);
  set('to', filter.to);
  set('tz', filter.tz === zone ? null : filter.tz);
  set('after', filter.after && writeCursor(filter.after));
  return params;
}

/** A URL's query as a page is given it. */
export function paramsOf(query: URLSearchParams): Params {
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name)]));
}

export function withQuery(path: string, params: URLSearchParams): string {
  const query = params.toString();
  return query ? `${path}?${query}` : path;
}

/** Whether a form sent empty fields, which a shorter address would say as well. */
export function hasBlank(params: Params): boolean {
  return Object.values(params).some((value) => value === '');
}
