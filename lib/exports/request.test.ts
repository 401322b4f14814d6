import { describe, expect, it } from 'vitest';
import { pageOfList, queryOf } from './address';
import { fittedTo, readExportRequest, withDialect } from './request';
import { columnNames } from './table';
import { VIEWS, type ViewId } from './view-names';

const SCOPE = { zone: 'Europe/Kyiv', providers: ['novapay'], projects: ['p1', 'p2'] };

function read(query: string, view: ViewId = 'invoices'): ReturnType<typeof readExportRequest> {
  const params = new URLSearchParams(query);
  const given = Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
  return readExportRequest(view, given, SCOPE, columnNames(view));
}

describe('a query', () => {
  it('that says nothing asks for all time, all projects, the plain dialect and every column, without tests, expected cash and people', () => {
    const { request, problems } = read('');
    expect(problems).toEqual([]);
    expect(request).toMatchObject({
      ...{ from: null, to: null, zone: 'Europe/Kyiv', projects: [], test: 'exclude', expected: false, people: false },
      ...{ dialect: 'plain', format: 'csv', preset: 'everything', columns: null, sort: 'oldest' },
    });
  });

  it.each([
    ['from=2026-02-01&to=2026-01-01', 'backwards', '2026-01-01'],
    ['from=2026-02-01&to=2026-02-01', 'backwards', '2026-02-01'],
    ['from=2026-02-30', 'from', '2026-02-30'],
    ['to=tomorrow&from=2026-01-01', 'to', 'tomorrow'],
    ['tz=Europe/Kiyv', 'tz', 'Europe/Kiyv'],
    ['columns=row_id,grosss', 'columns', 'grosss'],
    ['project=p3', 'project', 'p3'],
    ['provider=paypal', 'provider', 'paypal'],
    ['form=2026-01-01', 'parameter', 'form'],
    ['__proto__=1', 'parameter', '__proto__'],
    ['outcome=refused', 'parameter', 'outcome'],
    ['dialect=german', 'dialect', 'german'],
    ['format=pdf', 'format', 'pdf'],
    ['preset=sage', 'preset', 'sage'],
    ['status=payed', 'status', 'payed'],
    ['expected=yes', 'expected', 'yes'],
    ['sort=cheapest', 'sort', 'cheapest'],
    ['preset=xero&format=xlsx', 'csvOnly', 'xero'],
    ['preset=koinly&dialect=excel', 'plainOnly', 'koinly'],
    ['preset=xero&columns=gross', 'fixedColumns', 'xero'],
  ])('%s is refused for %s', (query, code, value) => {
    expect(read(query).problems).toContainEqual({ code, value });
  });

  it('reads the same from the address it is written as', () => {
    const query =
      'from=2026-01-01&to=2026-02-01&tz=Europe%2FLisbon&project=p1&project=p2&q=a+b&provider=novapay&status=paid&kind=refund&min=5&test=include&expected=include&preset=accounting&dialect=excel&format=zip&sort=newest&columns=gross%2Ccurrency';
    const { request, problems } = read(query);
    expect(problems).toEqual([]);
    expect(read(queryOf(request, 'Europe/Kyiv').toString()).request).toEqual(request);
  });

  it('may choose columns of every file by the names in its header', () => {
    for (const view of VIEWS) expect(read(`columns=${columnNames(view).join(',')}`, view).problems).toEqual([]);
  });
});

describe('a page', () => {
  it('drops what only the file chosen before had', () => {
    expect(fittedTo('items', { preset: 'xero', from: '2026-01-01', nonsense: '1' })).toEqual({
      from: '2026-01-01',
      nonsense: '1',
    });
    expect(fittedTo('invoices', { preset: 'xero', format: 'xlsx', dialect: 'excel' })).toEqual({ preset: 'xero' });
  });

  it('is reached from a list with its filter and what it shows, not with its page', () => {
    const list = '/invoices?q=a&status=paid&status=overpaid&test=exclude&sort=largest&columns=order&after=abc';
    expect(pageOfList('invoice_list', list)).toBe(
      '/exports?view=invoice_list&q=a&status=paid&status=overpaid&test=exclude&sort=largest',
    );
    expect(pageOfList('postbacks', '/postbacks?outcome=refused')).toBe(
      '/exports?view=postbacks&outcome=refused&test=include',
    );
    expect(pageOfList('transactions', '/transactions?kind=refund')).toBe(
      '/exports?view=transactions&kind=refund&test=include&expected=include',
    );
    expect(pageOfList('deliveries', '/deliveries?view=unresolved&status=none')).toBe(
      '/exports?view=deliveries&test=include&unresolved=only',
    );
    expect(pageOfList('audit', '/settings/audit?who=nobody')).toBe('/exports?view=audit&who=nobody');
  });

  it.each([
    ['', 'uk', 'excel'],
    ['', 'pt-PT', 'excel'],
    ['', 'uk-UA', 'excel'],
    ['', 'ru', 'excel'],
    ['', 'en', undefined],
    ['preset=accounting&dialect=', 'uk', 'excel'],
    ['dialect=plain', 'uk', 'plain'],
    ['dialect=excel', 'en', 'excel'],
    ['preset=xero', 'uk', undefined],
  ])('of %j in %s is in the dialect %s', (query, locale, dialect) => {
    const given = withDialect(Object.fromEntries(new URLSearchParams(query)), locale);
    expect(given.dialect).toBe(dialect);
  });
});
