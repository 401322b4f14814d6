import { type Column, figure, text, time } from './column';
import { instantOf } from './instants';
import type { Zoned } from './transaction-columns';

/** As `auditScan` reads it. */
export interface AuditRow {
  readonly at: string;
  readonly id: string;
  readonly staff_id: string | null;
  readonly name: string | null;
  readonly email: string | null;
  readonly role: string | null;
  readonly project: string | null;
  readonly action: string;
  readonly object: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly detail: string | null;
  readonly address: string | null;
  readonly request_id: string | null;
  readonly position: string | null;
  readonly hash: string | null;
}

/** A row per act, with its link in the chain. */
export function auditColumns({ zone, clock }: Zoned): readonly Column<AuditRow>[] {
  return [
    text('entry_id', ({ id }) => id),
    time('at_utc', ({ at }) => instantOf(at)),
    time('at_local', ({ at }) => clock(instantOf(at))),
    text('timezone', () => zone),
    text('staff_id', (row) => row.staff_id),
    text('name', ({ name }) => name),
    text('email', ({ email }) => email),
    text('role', ({ role }) => role),
    text('project', ({ project }) => project),
    text('action', ({ action }) => action),
    text('object', ({ object }) => object),
    text('before', ({ before }) => before),
    text('after', ({ after }) => after),
    text('detail', ({ detail }) => detail),
    text('address', ({ address }) => address),
    text('request_id', (row) => row.request_id),
    figure('position', ({ position }) => position),
    text('hash', ({ hash }) => hash),
  ];
}
