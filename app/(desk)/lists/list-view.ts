import type { Clock } from '@/components/clock-props';
import type { FilterOf, List, Sorted } from '@/lib/lists/define-list';
import type { Layout } from '@/lib/lists/layout';
import type { ProjectChoice } from '@/lib/projects/choices';
import type { Access } from '@/lib/staff/access';

/** A list as one member sees it now. */
export interface ListView<Values, Filter extends Sorted & Values = Sorted & Values> {
  readonly list: List<Values>;
  readonly access: Access;
  readonly filter: Filter;
  readonly layout: Layout;
  readonly clock: Clock;
  /** The zone that no address needs to name. */
  readonly zone: string;
  readonly projects: readonly ProjectChoice[];
  /** The row that is open beside the list. */
  readonly panel: string | null;
  /** The columns that are not for this member. */
  readonly without: readonly string[];
  /** The first page of the list with something else chosen. */
  readonly hrefOf: (change: Partial<Sorted & Values>) => string;
}

type ValuesOf<Defined> = Defined extends List<infer Values> ? Values : never;

export type ViewOf<Defined, Filter extends FilterOf<Defined> = FilterOf<Defined>> = ListView<
  ValuesOf<Defined>,
  Filter & Sorted & ValuesOf<Defined>
>;
