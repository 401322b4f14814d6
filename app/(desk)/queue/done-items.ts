import { isUuid } from '@/lib/cursor';
import { seenFailures } from '@/lib/deliveries/resolutions';
import { readSeen, type Seen } from '@/lib/invoices/done-marks';
import type { WaitingWaybill } from '@/lib/overview/waiting-waybills';

const WAYBILL = 'waybill';

/** A failed waybill as it was on the screen. */
export interface SeenWaybill {
  readonly deliveryId: string;
  /** The value of `seenFailures` for its reasons. */
  readonly seen: string;
}

export function writeSeenWaybill({ id, reasons }: Pick<WaitingWaybill, 'id' | 'reasons'>): string {
  return `${WAYBILL}:${id}:${seenFailures(reasons)}`;
}

export interface DoneItems {
  readonly invoices: readonly Seen[];
  readonly waybills: readonly SeenWaybill[];
}

/** The items that the lines of the queue name; anything else is left out. */
export function readDoneItems(values: readonly FormDataEntryValue[]): DoneItems {
  const texts = [...new Set(values.filter((value): value is string => typeof value === 'string'))];
  return {
    invoices: texts.flatMap((text) => readSeen(text) ?? []),
    waybills: texts.flatMap((text) => {
      const [kind, deliveryId = '', seen = ''] = text.split(':');
      return kind === WAYBILL && isUuid(deliveryId) ? [{ deliveryId, seen }] : [];
    }),
  };
}

export interface UndoItems {
  readonly invoiceIds: readonly string[];
  readonly deliveryIds: readonly string[];
}

export function writeUndo({ invoiceIds, deliveryIds }: UndoItems): readonly string[] {
  return [...invoiceIds, ...deliveryIds.map((id) => `${WAYBILL}:${id}`)];
}

export function readUndo(values: readonly FormDataEntryValue[]): UndoItems {
  const texts = [...new Set(values.filter((value): value is string => typeof value === 'string'))];
  const waybills = texts.filter((text) => text.startsWith(`${WAYBILL}:`)).map((text) => text.slice(WAYBILL.length + 1));
  return { invoiceIds: texts.filter(isUuid), deliveryIds: waybills.filter(isUuid) };
}
