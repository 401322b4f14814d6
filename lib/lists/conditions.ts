import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { ofProvider } from '@/lib/projects/scope';
import type { List, Sorted } from './define-list';

interface ListSql<Values> {
  readonly projectId: PgColumn;
  /** For each filter the condition of a value that does not let every row through. */
  readonly filters: {
    readonly [Name in keyof Values]: (value: NonNullable<Values[Name]>, filter: Sorted & Values) => SQL | undefined;
  };
}

/** The rows that a list's filters let through, save for text and period, which each list reads by indexes of its own. */
export function filterCondition<Values>(
  list: List<Values>,
  filter: Sorted & Values,
  { projectId, filters }: ListSql<Values>,
): SQL | undefined {
  return and(
    filter.project ? eq(projectId, filter.project) : undefined,
    filter.provider ? ofProvider(projectId, filter.provider) : undefined,
    ...list.filterNames.map((name) => {
      const value = filter[name];
      const isSet = value !== null && value !== undefined && list.written(name, filter).length > 0;
      return isSet ? filters[name](value, filter) : undefined;
    }),
  );
}

/** Spelt like the condition of the index that holds the few test rows. */
export function testCondition(isTest: PgColumn): (choice: string) => SQL {
  return (choice) => (choice === 'only' ? sql`${isTest}` : sql`not ${isTest}`);
}
