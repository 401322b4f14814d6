import { expect, it } from 'vitest';
import { fileStem, partName, periodName } from './file-name';
import { readExportRequest } from './request';
import type { ViewId } from './view-names';

it('a period stands in the name as people say it', () => {
  expect(periodName('2026-01-01', '2026-02-01')).toBe('2026-01');
  expect(periodName('2026-12-01', '2027-01-01')).toBe('2026-12');
  expect(periodName('2026-01-01', '2027-01-01')).toBe('2026');
  expect(periodName('2026-01-05', '2026-01-06')).toBe('2026-01-05');
  expect(periodName('2026-01-05', '2026-02-03')).toBe('2026-01-05_2026-02-02');
  expect(periodName('2026-01-05', null)).toBe('from-2026-01-05');
  expect(periodName(null, '2026-02-03')).toBe('until-2026-02-02');
  expect(periodName(null, null)).toBe('all-time');
});

it('a part is named by its currency, in letters every disk takes', () => {
  expect(partName('xero_2026-01_Europe-Kyiv', 'UAH', 2)).toBe('xero_2026-01_Europe-Kyiv_UAH_2.csv');
  expect(partName('a', '../etc/€', null)).toBe('a_-etc-.csv');
  expect(partName('a', '', null)).toBe('a_no-currency.csv');
});

it.each([
  ['invoices', '', 'money-movements_2026-01_Europe-Kyiv'],
  ['invoices', '&preset=accounting', 'accounting_2026-01_Europe-Kyiv'],
  ['invoice_list', '', 'invoices_2026-01_Europe-Kyiv'],
  ['postbacks', '', 'postbacks_2026-01_Europe-Kyiv'],
] as const)('a file of %s%s is named after what it holds', (view: ViewId, more: string, name: string) => {
  const query = new URLSearchParams(`from=2026-01-01&to=2026-02-01${more}`);
  const scope = { zone: 'Europe/Kyiv', providers: [], projects: [] };
  const { request } = readExportRequest(view, Object.fromEntries(query), scope, []);
  expect(fileStem(request)).toBe(name);
});
