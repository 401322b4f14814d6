import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from '@/lib/cursor';
import { type InvoiceFilter, invoiceList } from '@/lib/invoices/invoice-list';
import type { Params } from '@/lib/query-string';

const PROJECT = '0b9f3c1e-0000-4000-8000-000000000001';
const scope = { zone: 'Europe/Kyiv', providers: ['trybit', 'novapay'], projects: [PROJECT] };
const none = invoiceList.read({}, scope).filter;

function paramsOf(href: string): Params {
  const found = new URLSearchParams(href.split('?')[1] ?? '');
  return Object.fromEntries([...new Set(found.keys())].map((key) => [key, found.getAll(key)]));
}

describe('the invoice filter', () => {
  it('is empty without parameters, and its link is bare', () => {
    expect(none).toEqual({
      q: '',
      provider: null,
      project: null,
      from: null,
      to: null,
      tz: 'Europe/Kyiv',
      after: null,
      status: [],
      test: 'include',
      min: null,
      max: null,
      sort: 'newest',
    });
    expect(invoiceList.href(none, 'Europe/Kyiv')).toBe('/invoices');
    expect(invoiceList.isFiltered(none)).toBe(false);
  });

  it('comes back from its own link', () => {
    const filter: InvoiceFilter = {
      q: 'Іван & "Co" +1%_\\',
      provider: 'trybit',
      project: PROJECT,
      from: '2026-03-01',
      to: '2026-04-01',
      tz: 'Europe/Lisbon',
      after: { at: '2026-03-02T10:00:00.123456Z', id: PROJECT },
      status: ['paid', 'overpaid'],
      test: 'only',
      min: '0.000000000000000001',
      max: '30',
      sort: 'oldest',
    };
    const href = invoiceList.href(filter, 'Europe/Kyiv', { after: filter.after });
    expect(invoiceList.read(paramsOf(href), scope)).toEqual({ filter, notices: [] });
    expect(invoiceList.isFiltered(filter)).toBe(true);
  });

  it('leaves the page when something else changes', () => {
    const filter = { ...none, after: { at: '2026-03-02T10:00:00.123456Z', id: PROJECT } };
    expect(invoiceList.href(filter, 'Europe/Kyiv', { status: ['paid'] })).toBe('/invoices?status=paid');
  });

  it.each([
    ['status', 'payed'],
    ['provider', 'stripe'],
    ['project', '0b9f3c1e-0000-4000-8000-000000000002'],
    ['from', '2026-02-30'],
    ['to', 'tomorrow'],
    ['tz', 'Mars/Base'],
    ['test', 'yes'],
    ['min', 'much'],
    ['max', '1e900'],
    ['after', 'bm8'],
    ['sort', 'cheapest'],
    ['q', 'a\0b'],
  ])('names a %s that is no good and falls to the default', (field, value) => {
    const { filter, notices } = invoiceList.read({ [field]: value }, scope);
    expect(filter).toEqual(none);
    expect(notices).toEqual([{ field, value }]);
  });

  it('takes statuses with commas or repeated, once each, and keeps the good ones', () => {
    const { filter, notices } = invoiceList.read({ status: ['paid,overpaid', 'paid', 'x'] }, scope);
    expect(filter.status).toEqual(['paid', 'overpaid']);
    expect(notices).toEqual([{ field: 'status', value: 'x' }]);
  });

  it('refuses a period that ends before it begins', () => {
    const { filter, notices } = invoiceList.read({ from: '2026-03-02', to: '2026-03-02' }, scope);
    expect([filter.from, filter.to]).toEqual(['2026-03-02', null]);
    expect(notices).toEqual([{ field: 'to', value: '2026-03-02' }]);
  });
});

describe('the cursor', () => {
  const cursor = { at: '2026-03-02T10:00:00.123456Z', id: PROJECT };

  it('is text for a URL and comes back', () => {
    expect(writeCursor(cursor)).toMatch(/^[\w-]+$/);
    expect(readCursor(writeCursor(cursor))).toEqual(cursor);
  });

  it.each(['', '%%%', 'a'.repeat(300), btoa('x y'), btoa(`2026-03-02 ${PROJECT}`), btoa(`${cursor.at} ${PROJECT} x`)])(
    'is null for %s',
    (text) => {
      expect(readCursor(text.replaceAll('=', ''))).toBe(null);
    },
  );
});
