'use server';

import type { Clock } from '@/components/clock-props';
import { PanelGone } from '@/components/panel-gone';
import type { Panel } from '@/components/side-panel';
import { isUuid } from '@/lib/cursor';
import type { Access } from '@/lib/staff/access';
import { guardAct, refuseForeignOrigin } from '@/lib/staff/guard';
import { getTimeZone } from '@/lib/staff/queries';
import { requireStaff } from '@/lib/staff/session';
import { isZone } from '@/lib/zone';
import { invoicePanel } from './invoices/invoice-panel';
import { postbackPanel } from './postbacks/postback-panel';
import { actPanel } from './settings/audit/act-panel';
import { movementPanel } from './transactions/movement-panel';

/** One row of a list as it stands beside it, with its times in this zone. */
export async function openInvoice(zone: string, id: string): Promise<Panel> {
  await refuseForeignOrigin();
  return panelOf(await requireStaff(), zone, id, invoicePanel);
}

export async function openMovement(zone: string, id: string): Promise<Panel> {
  await refuseForeignOrigin();
  return panelOf(await requireStaff(), zone, id, movementPanel);
}

export async function openPostback(zone: string, id: string): Promise<Panel> {
  return panelOf(await guardAct('seePostbacks'), zone, id, postbackPanel);
}

export async function openAct(zone: string, id: string): Promise<Panel> {
  return panelOf(await guardAct('seeAudit'), zone, id, actPanel);
}

type Reader = (access: Access, id: string, clock: Clock) => Panel | Promise<Panel>;

/** What an action is called with is anybody's. */
async function panelOf(access: Access, zone: unknown, id: unknown, read: Reader): Promise<Panel> {
  if (typeof id !== 'string' || !isUuid(id)) return { full: null, body: <PanelGone /> };
  const known = typeof zone === 'string' && isZone(zone) ? zone : await getTimeZone();
  return read(access, id, { now: new Date(), zone: known });
}
