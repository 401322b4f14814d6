import { textOf } from '@/components/ui/form-state';
import { isUuid } from '@/lib/cursor';
import { ROLES } from '@/lib/staff/access';
import type { Rights } from '@/lib/staff/manage';

/** What `RightsFields` sent; null for a role that is none. Without a choice no project is given, rather than all. */
export function readRights(form: FormData): Rights | null {
  const role = ROLES.find((known) => known === textOf(form, 'role'));
  if (role === undefined) return null;
  if (textOf(form, 'scope') === 'all') return { role, projects: 'all' };
  const ticked = form.getAll('project').filter((value): value is string => typeof value === 'string');
  return { role, projects: ticked.filter(isUuid) };
}
