import { isUuid } from '@/lib/cursor';
import { defineList, type FilterOf } from '@/lib/lists/define-list';
import { textFilter, wordsFilter } from '@/lib/lists/filter-kinds';
import { TIME_SORTS } from '@/lib/sort';

/** In the place of a member of staff: the operator's commands. Whatever else is logged was done by somebody signed in. */
export const COMMAND_LINE = 'command-line';

/** The form of an action's name: words of small letters, joined by dots. New ones need no change here. */
function isAction(text: string): text is string {
  return /^[a-z][a-z_]{0,39}(?:\.[a-z][a-z_]{0,39}){0,3}$/.test(text);
}

export const auditList = defineList({
  name: 'audit',
  path: '/settings/audit',
  filters: {
    /** The id of a member, or COMMAND_LINE. */
    who: textFilter((text) => text === COMMAND_LINE || isUuid(text)),
    action: wordsFilter(isAction),
  },
  sorts: TIME_SORTS,
  columns: {
    all: ['time', 'who', 'what', 'project', 'address'],
    usual: ['time', 'who', 'what', 'project', 'address'],
    fixed: 'time',
  },
});

/** The entries that the audit log or its file is about; `q` is part of anything an entry says. */
export type AuditFilter = FilterOf<typeof auditList>;
