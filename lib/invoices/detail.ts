import { and, eq } from 'drizzle-orm';
import { databaseFor } from '@/lib/db/client';
import { invoices, mergedInvoices, projects } from '@/lib/db/schema';
import { shownOrder } from '@/lib/db/shown';
import { type DeliveryRow, findDelivery } from '@/lib/deliveries/queries';
import { inProjects } from '@/lib/projects/scope';
import type { Access } from '@/lib/staff/access';
import { listTransactionsOf, type TransactionRow } from '@/lib/transactions/queries';
import type { Concern, Situation } from './attention';
import { type Believed, readState } from './believed';
import type { ReplyFacts } from './customer-reply';
import { maskedPeople, type Person } from './people';
import { readUnmappedFields, type UnmappedFields } from './unmapped-fields';

async function selectOne(access: Access, id: string) {
  const { orm } = await databaseFor(access);
  return orm
    .select({
      invoice: {
        id: invoices.id,
        providerInvoiceId: invoices.providerInvoiceId,
        signer: invoices.signer,
        orderId: shownOrder(invoices.orderId),
        status: invoices.status,
        statusRaw: invoices.statusRaw,
        cashOnDelivery: invoices.cashOnDelivery,
        amount: invoices.amount,
        currency: invoices.currency,
        amountUsd: invoices.amountUsd,
        isTest: invoices.isTest,
        testModeKnown: invoices.testModeKnown,
        attention: invoices.attention,
        createdAt: invoices.createdAt,
        paidAt: invoices.paidAt,
        timeSource: invoices.timeSource,
        updatedAt: invoices.updatedAt,
      },
      project: { id: projects.id, name: projects.name, provider: projects.provider },
      state: invoices.state,
      people: invoices.people,
      encryptionKeyId: invoices.encryptionKeyId,
    })
    .from(invoices)
    .innerJoin(projects, eq(projects.id, invoices.projectId))
    .where(and(eq(invoices.id, id), inProjects(access, invoices.projectId)))
    .limit(1);
}

type Found = Awaited<ReturnType<typeof selectOne>>[number];

export interface InvoiceDetail {
  readonly invoice: Found['invoice'];
  readonly project: Found['project'];
  readonly believed: Believed;
  readonly transactions: readonly TransactionRow[];
  readonly delivery: DeliveryRow | null;
  /** Masked; each value is revealed on its own. Empty for those who may not see people. */
  readonly people: readonly Person[];
  /** What a postback said beyond all this; null where its bytes are gone. */
  readonly rest: UnmappedFields | null;
}

/** The invoice that this one was found to be, when ids came to be compared by meaning. */
export async function findMergedInvoice(access: Access, id: string): Promise<string | null> {
  const { orm } = await databaseFor(access);
  const [merged] = await orm
    .select({ invoiceId: mergedInvoices.invoiceId })
    .from(mergedInvoices)
    .where(and(eq(mergedInvoices.id, id), inProjects(access, mergedInvoices.projectId)));
  return merged?.invoiceId ?? null;
}

/** Everything believed of one invoice; null when there is none that this person may see. */
export async function getInvoice(access: Access, id: string): Promise<InvoiceDetail | null> {
  const [found] = await selectOne(access, id);
  if (!found) return null;
  const [transactions, delivery, rest] = await Promise.all([
    listTransactionsOf(access, id),
    findDelivery(access, id),
    readUnmappedFields(access, id),
  ]);
  return {
    invoice: found.invoice,
    project: found.project,
    believed: readState(found.state),
    transactions,
    delivery: delivery && { ...delivery, recipientName: null },
    people: maskedPeople(access, id, found),
    rest,
  };
}

export interface Told {
  readonly invoice: Pick<InvoiceDetail['invoice'], 'status' | 'amount'>;
  readonly believed: Believed;
  readonly delivery: Pick<DeliveryRow, 'status' | 'waybills'> | null;
}

/** What the sentences about an invoice are made from. Several transfers have no single amount that was asked for. */
export function situationOf({ invoice, believed, delivery }: Told): Situation {
  const [only, ...others] = believed.money.parts;
  const due = others.length > 0 ? null : (only?.lines.find(({ name }) => name === 'due')?.own ?? null);
  return {
    status: invoice.status,
    due,
    paid: invoice.amount,
    expiresAt: believed.facts.expires_at ?? null,
    heldAt: believed.heldAt,
    cash: believed.cash,
    parcel: delivery && { status: delivery.status, waybills: delivery.waybills.length },
  };
}

/** What the reply to the customer is made from. */
export function replyFactsOf(detail: InvoiceDetail, concerns: readonly Concern[]): ReplyFacts {
  const { invoice, transactions, delivery, believed } = detail;
  const { method = null, expires_at: expiresAt = null } = believed.facts;
  const { due } = situationOf(detail);
  return { invoice, transactions, delivery, concerns, method, cash: believed.cash, due, expiresAt };
}
