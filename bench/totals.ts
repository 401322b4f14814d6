import { isDeepStrictEqual } from 'node:util';
import { openDatabase, setDatabase } from '@/lib/db/client';
import { countStatuses } from '@/lib/invoices/counts';
import { invoiceList } from '@/lib/invoices/invoice-list';
import { lastDays } from '@/lib/overview/days';
import type { Edges } from '@/lib/overview/parts';
import { countCreated, countOutcomes, sumMoney } from '@/lib/overview/sums';
import { accessOf } from '@/lib/staff/access.testing';
import { median, type Row, show } from './row';

const DAYS = 30;
const ZONE = 'Europe/Kyiv';
const ROUNDS = 15;
const WARM_UP = 2;
const EXACT_COUNT = { name: null, text: 'select status, count(*)::int as count from invoices group by status' };

/** What screens tell of money and numbers, beside the aggregates that are exact at every moment; no writes meanwhile. */
export async function totals(databaseUrl: string, invoices: number): Promise<Row> {
  const database = await openDatabase({ url: databaseUrl });
  setDatabase(database);
  try {
    const access = accessOf({ staffId: '' });
    const { edges } = lastDays(DAYS, ZONE, new Date());
    const sums = (of: Edges): Promise<unknown[]> =>
      Promise.all([sumMoney(access, of), countCreated(access, of), countOutcomes(access, of)]);
    const { filter } = invoiceList.read({}, { zone: ZONE, providers: [], projects: [] });
    const ours = async (): Promise<unknown> => {
      const [told] = await Promise.all([sums(edges), countStatuses(access, filter)]);
      return told;
    };
    const exact = async (): Promise<unknown> => {
      const [told] = await Promise.all([sums({ ...edges, over: 0 }), database.run(EXACT_COUNT, [])]);
      return told;
    };
    for (let turn = 0; turn < WARM_UP; turn += 1) await Promise.all([ours(), exact()]);
    const pairs: (readonly [number, number])[] = [];
    while (pairs.length < ROUNDS) pairs.push([await milliseconds(ours), await milliseconds(exact)]);
    const same = isDeepStrictEqual(sorted(await ours()), sorted(await exact()));
    const middle = (side: 0 | 1): string => show(median(pairs.map((pair) => pair[side])));
    return {
      measure: `Totals and counts at ${invoices} invoices ÷ the exact aggregates`,
      value: median(pairs.map(([told, counted]) => told / counted)),
      unit: '×',
      pass: { at: 'most', mark: 0.05 },
      detail: `median of ${ROUNDS} rounds; ${middle(0)} against ${middle(1)} ms; sums of ${DAYS} days ${same ? 'equal' : 'DIFFERENT'}`,
      sound: same,
    };
  } finally {
    await database.close();
  }
}

/** Their order says nothing, nor does which of the projects that were added up came first. */
function sorted(lists: unknown): unknown {
  if (!Array.isArray(lists)) return lists;
  return lists.map((list: object[]) => list.map((row) => JSON.stringify({ ...row, project: undefined })).sort());
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
