import { describe, expect, it } from 'vitest';
import { COLUMN_SETS, columnsOf } from './list-columns';
import {
  LIST_VIEWS,
  type Remembered,
  readLayout,
  readPanel,
  readRemembered,
  withColumns,
  withPanel,
  writeRemembered,
} from './list-layout';

const set = COLUMN_SETS.invoices;
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
    const { layout, notices } = readLayout({}, nothing, set);
    expect(layout).toMatchObject({ columns: set.usual, chosen: false, given: [] });
    expect(notices).toEqual([]);
  });

  it('are those that were remembered, in the order of the list, with the one that opens a row', () => {
    const { layout } = readLayout({}, { ...nothing, columns: { invoices: ['amount', 'time', 'gone'] } }, set);
    expect(layout).toMatchObject({ columns: ['time', 'order', 'amount'], chosen: true, given: [] });
  });

  it('are those of the address before anything that was remembered', () => {
    const remembered = { ...nothing, columns: { invoices: ['amount'] } };
    const { layout } = readLayout({ columns: 'status,customer' }, remembered, set);
    expect(layout).toMatchObject({
      columns: ['order', 'customer', 'status'],
      chosen: true,
      given: ['status', 'customer'],
    });
  });

  it('name those that are none', () => {
    const { layout, notices } = readLayout({ columns: 'status,colour' }, nothing, set);
    expect(layout.columns).toEqual(['order', 'status']);
    expect(notices).toEqual([{ field: 'columns', value: 'colour' }]);
  });

  it('come back from their own link', () => {
    const href = withColumns('/invoices?status=paid', ['time', 'amount']);
    expect(href).toBe('/invoices?status=paid&columns=time,amount');
    expect(withColumns('/invoices', ['time'])).toBe('/invoices?columns=time');
    expect(withColumns('/invoices', [])).toBe('/invoices');
  });

  it.each(LIST_VIEWS)('of %s are six to eight, all known, with the one that opens a row', (view) => {
    const { all, usual, fixed } = COLUMN_SETS[view];
    expect(columnsOf(COLUMN_SETS[view], usual)).toEqual(usual);
    expect(usual).toContain(fixed);
    expect(usual.length).toBeGreaterThanOrEqual(6);
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
