import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import type { QueueKind, Waiting } from '@/lib/overview/queue';
import { listRefused } from '@/lib/overview/refused';
import { listSilent } from '@/lib/overview/silence';
import { listWaitingInvoices } from '@/lib/overview/waiting-invoices';
import { listWaitingWaybills } from '@/lib/overview/waiting-waybills';
import type { Access } from '@/lib/staff/access';
import type { Group } from './group';
import { InvoiceLine } from './invoice-line';
import { RefusedLine, SilentLine, WaybillLine } from './other-lines';

export interface Asked {
  readonly access: Access;
  readonly clock: Clock;
  /** The most lines to draw. */
  readonly limit: number;
}

function toGroup<Row>(kind: QueueKind, { rows, count, since }: Waiting<Row>, draw: (row: Row) => ReactElement): Group {
  return { kind, count, since, lines: rows.map(draw) };
}

/** What waits of one kind, for this person; nothing where they may not see it. */
export async function loadGroup(kind: QueueKind, { access, clock, limit }: Asked): Promise<Group> {
  const { now } = clock;
  switch (kind) {
    case 'refused':
      return toGroup(kind, await listRefused(access, now, limit), (row) => (
        <RefusedLine access={access} clock={clock} key={`${row.projectId} ${row.outcome} ${row.reason}`} row={row} />
      ));
    case 'silence':
      return toGroup(kind, await listSilent(access, now, limit), (row) => (
        <SilentLine access={access} clock={clock} key={row.projectId} row={row} />
      ));
    case 'waybill':
      return toGroup(kind, await listWaitingWaybills(access, limit), (row) => (
        <WaybillLine access={access} clock={clock} key={row.invoiceId} row={row} />
      ));
    default:
      return toGroup(kind, await listWaitingInvoices(access, kind, now, limit), (row) => (
        <InvoiceLine clock={clock} key={row.id} kind={kind} row={row} />
      ));
  }
}
