import { and, asc, count, eq } from 'drizzle-orm';
import { databaseFor, getDatabase } from '@/lib/db/client';
import { exportPresets } from '@/lib/db/schema';
import type { Access } from '@/lib/staff/access';
import { isView, type ViewId } from './view-names';

/** Exports that a member of staff gave a name; nobody else sees them. */
export interface SavedExport {
  readonly id: string;
  readonly name: string;
  readonly view: ViewId;
  readonly query: string;
  readonly monthly: boolean;
}

export const LONGEST_NAME = 80;
export const MOST_SAVED = 50;

async function select(access: Access) {
  const { orm } = await databaseFor(access);
  return orm
    .select({
      id: exportPresets.id,
      name: exportPresets.name,
      view: exportPresets.view,
      query: exportPresets.query,
      monthly: exportPresets.monthly,
    })
    .from(exportPresets)
    .where(eq(exportPresets.staffId, access.staffId))
    .orderBy(asc(exportPresets.name), asc(exportPresets.id));
}

/** By name; without those of files that are no more. */
export async function listSaved(access: Access): Promise<readonly SavedExport[]> {
  const rows = await select(access);
  return rows.flatMap(({ view, ...row }) => (isView(view) ? [{ ...row, view }] : []));
}

/** Under a name that is taken it takes the place of the other. False: there are too many. */
export async function saveExport(access: Access, saved: Omit<SavedExport, 'id'>): Promise<boolean> {
  const { orm } = await getDatabase();
  const [known] = await orm
    .select({ count: count() })
    .from(exportPresets)
    .where(eq(exportPresets.staffId, access.staffId));
  if (Number(known?.count ?? 0) >= MOST_SAVED) return false;
  const { name, view, query, monthly } = saved;
  await orm
    .insert(exportPresets)
    .values({ staffId: access.staffId, name, view, query, monthly })
    .onConflictDoUpdate({ target: [exportPresets.staffId, exportPresets.name], set: { view, query, monthly } });
  return true;
}

export async function removeSaved(access: Access, id: string): Promise<void> {
  const { orm } = await getDatabase();
  await orm.delete(exportPresets).where(and(eq(exportPresets.id, id), eq(exportPresets.staffId, access.staffId)));
}
