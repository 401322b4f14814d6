import { describe, expect, it } from 'vitest';
import { auditList } from '@/lib/audit/audit-list';
import { deliveryList } from '@/lib/deliveries/delivery-list';
import { invoiceList } from '@/lib/invoices/invoice-list';
import { postbackList } from '@/lib/postbacks/postback-list';
import { transactionList } from '@/lib/transactions/transaction-list';
import {
  columnsOf,
  type Remembered,
  readLayout,
  readPanel,
  readRemembered,
  withColumns,
  withPanel,
  writeRemembered,
} from './layout';

const LISTS = [invoiceList, transactionList, deliveryList, postbackList, auditList];
const nothing = readRemembered('');

describe('what a browser remembers of lists', () => {
  it('comes back from its cookie', () => {
    const remembered: Remembered = {
      density: 'compact',
      times: 'absolute',
      columns: { invoices: ['order', 'amount'], postbacks: ['time', 'reason'] },
    };
    expect(readRemembered(writeRemembered(remembered))).toEqual(remembered);
  });

  it('is nothing to keep where everything is as usual', () => {
    expect(writeRemembered(nothing)).toBe('');
  });

  it.each(['density=huge&times=never', '%%%', 'invoices=<script>', `invoices=${'a.'.repeat(5000)}`])(
    'is as usual where the cookie is no good: %s',
    (cookie) => {
      const { density, times, columns } = readRemembered(cookie);
      expect([density, times]).toEqual(['comfortable', 'relative']);
      expect(JSON.stringify(columns).length).toBeLessThan(200);
    },
  );
});

describe('the columns of a list', () => {
  it('are the usual ones, of which a narrow screen may leave some out', () => {
    const { layout, notices } = readLayout({}, nothing, invoiceList);
    expect(layout).toMatchObject({ columns: invoiceList.columns.usual, chosen: false, given: [] });
    expect(notices).toEqual([]);
  });

  it('are those that were remembered, in the order of the list, with the one that opens a row', () => {
    const { layout } = readLayout({}, { ...nothing, columns: { invoices: ['amount', 'time', 'gone'] } }, invoiceList);
    expect(layout).toMatchObject({ columns: ['time', 'order', 'amount'], chosen: true, given: [] });
  });

  it('are those of the address before anything that was remembered', () => {
    const remembered = { ...nothing, columns: { invoices: ['amount'] } };
    const { layout } = readLayout({ columns: 'status,customer' }, remembered, invoiceList);
    expect(layout).toMatchObject({
      columns: ['order', 'customer', 'status'],
      chosen: true,
      given: ['status', 'customer'],
    });
  });

  it('name those that are none', () => {
    const { layout, notices } = readLayout({ columns: 'status,colour' }, nothing, invoiceList);
    expect(layout.columns).toEqual(['order', 'status']);
    expect(notices).toEqual([{ field: 'columns', value: 'colour' }]);
  });

  it('come back from their own link', () => {
    const href = withColumns('/invoices?status=paid', ['time', 'amount']);
    expect(href).toBe('/invoices?status=paid&columns=time,amount');
    expect(withColumns('/invoices', ['time'])).toBe('/invoices?columns=time');
    expect(withColumns('/invoices', [])).toBe('/invoices');
  });

  it.each(LISTS)('of $name are five to eight, all known, with the one that opens a row', ({ columns }) => {
    const { all, usual, fixed } = columns;
    expect(columnsOf(columns, usual)).toEqual(usual);
    expect(usual).toContain(fixed);
    expect(usual.length).toBeGreaterThanOrEqual(5);
    expect(usual.length).toBeLessThanOrEqual(8);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('the panel', () => {
  const id = '0b9f3c1e-0000-4000-8000-000000000001';

  it('is a row by its id, and its link keeps the list', () => {
    expect(readPanel({ panel: id })).toEqual({ panel: id, notices: [] });
    expect(withPanel('/invoices', id)).toBe(`/invoices?panel=${id}`);
    expect(withPanel('/invoices?q=a', id)).toBe(`/invoices?q=a&panel=${id}`);
  });

  it('is named when it is none', () => {
    expect(readPanel({ panel: '1' })).toEqual({ panel: null, notices: [{ field: 'panel', value: '1' }] });
  });
});
