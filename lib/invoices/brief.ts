import { and, eq } from 'drizzle-orm';
import { databaseFor } from '@/lib/db/client';
import { invoices, projects } from '@/lib/db/schema';
import { shownOrder } from '@/lib/db/shown';
import { type DeliveryRow, findDelivery } from '@/lib/deliveries/queries';
import { inProjects } from '@/lib/projects/scope';
import { getProvider } from '@/lib/providers';
import { type Access, nameFor } from '@/lib/staff/access';
import { listTransactionsOf, type TransactionRow } from '@/lib/transactions/queries';

async function selectOne(access: Access, id: string) {
  const { orm } = await databaseFor(access);
  return orm
    .select({
      id: invoices.id,
      providerInvoiceId: invoices.providerInvoiceId,
      orderId: shownOrder(invoices.orderId),
      status: invoices.status,
      statusRaw: invoices.statusRaw,
      cashOnDelivery: invoices.cashOnDelivery,
      amount: invoices.amount,
      amountUsd: invoices.amountUsd,
      currency: invoices.currency,
      isTest: invoices.isTest,
      attention: invoices.attention,
      customerName: invoices.customerName,
      createdAt: invoices.createdAt,
      paidAt: invoices.paidAt,
      updatedAt: invoices.updatedAt,
      project: projects.name,
      provider: projects.provider,
    })
    .from(invoices)
    .innerJoin(projects, eq(projects.id, invoices.projectId))
    .where(and(eq(invoices.id, id), inProjects(access, invoices.projectId)))
    .limit(1);
}

export type BriefInvoice = Awaited<ReturnType<typeof selectOne>>[number];

export interface Brief {
  readonly invoice: BriefInvoice;
  readonly transactions: readonly TransactionRow[];
  readonly delivery: DeliveryRow | null;
}

/** What a panel shows of one invoice; null when there is none that this person may see. */
export async function getBrief(access: Access, id: string): Promise<Brief | null> {
  const [[invoice], transactions, delivery] = await Promise.all([
    selectOne(access, id),
    listTransactionsOf(access, id),
    findDelivery(access, id),
  ]);
  if (!invoice) return null;
  return {
    invoice: {
      ...invoice,
      customerName: nameFor(access, invoice.customerName),
      provider: getProvider(invoice.provider)?.label ?? invoice.provider,
    },
    transactions,
    delivery: delivery && { ...delivery, recipientName: null },
  };
}
