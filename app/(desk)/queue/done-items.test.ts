import { describe, expect, it } from 'vitest';
import { seenFailures } from '@/lib/deliveries/resolutions';
import { writeSeen } from '@/lib/invoices/done-marks';
import { readDoneItems, readUndo, writeSeenWaybill, writeUndo } from './done-items';

const INVOICE = '0b9f3c1e-0000-4000-8000-000000000001';
const DELIVERY = '0b9f3c1e-0000-4000-8000-000000000002';

describe('the lines that a form of the queue names', () => {
  it('are read as they were written, each once', () => {
    const invoice = writeSeen({ invoiceId: INVOICE, version: 7 });
    const waybill = writeSeenWaybill({ id: DELIVERY, reasons: ['b', 'a'] });
    expect(readDoneItems([invoice, waybill, invoice, waybill])).toEqual({
      invoices: [{ invoiceId: INVOICE, version: 7 }],
      waybills: [{ deliveryId: DELIVERY, seen: seenFailures(['a', 'b']) }],
    });
    const undo = { invoiceIds: [INVOICE], deliveryIds: [DELIVERY] };
    expect(readUndo(writeUndo(undo))).toEqual(undo);
  });

  it.each(['', 'x', ':', `waybill:`, `waybill:x:y`, `${INVOICE}`, `waybill:${DELIVERY.slice(1)}:1`, 'x'.repeat(9_000)])(
    'are left out where no page wrote them: %j',
    (text) => expect(readDoneItems([text, new File([], 'x')])).toEqual({ invoices: [], waybills: [] }),
  );

  it('that are put back are ids and nothing else', () => {
    expect(readUndo(['x', `waybill:x`, "' or 1=1", new File([], 'x')])).toEqual({ invoiceIds: [], deliveryIds: [] });
  });
});
