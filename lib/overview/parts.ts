import type { Statement } from '@/lib/db/client';
import type { Access } from '@/lib/staff/access';
import { projectsOf, read } from './read';
import { type Ages, staleWhileRevalidate } from './stale-while-revalidate';

/** When parts begin, and where the last one ends. */
export interface Edges {
  readonly begins: readonly Date[];
  readonly until: Date;
  /** How many of them, from the first on, are over and may be told as they were a minute ago; none unless said. */
  readonly over?: number;
}

interface Part {
  readonly part: number;
}

const AGES: Ages = { fresh: 60_000, stale: 30 * 60_000 };

function readAll<Row>(statement: Statement, { begins, until }: Edges, projects: readonly string[] | null) {
  const instants = begins.map((at) => at.toISOString());
  return read<Row>(null, statement, instants, until.toISOString(), projects);
}

/**
 * What a statement says of each part and project. Thirty days of a large shop are some hundred thousand rows, so those
 * that are over are read for all projects at once and cached; whoever calls leaves out what a person may not see.
 */
export async function readParts<Row extends Part>(
  statement: Statement,
  access: Access,
  edges: Edges,
): Promise<readonly Row[]> {
  const { begins, until, over = 0 } = edges;
  const turn = begins[over];
  if (over === 0 || !turn) return readAll<Row>(statement, edges, projectsOf(access));
  const past: Edges = { begins: begins.slice(0, over), until: turn };
  const key = `${statement.name} ${begins.slice(0, over + 1).map((at) => at.getTime())}`;
  const [before, since] = await Promise.all([
    staleWhileRevalidate(key, AGES, () => readAll<Row>(statement, past, null), Date.now()),
    readAll<Row>(statement, { begins: begins.slice(over), until }, projectsOf(access)),
  ]);
  return [...before, ...since.map((row) => ({ ...row, part: row.part + over }))];
}
