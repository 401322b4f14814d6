import { and, eq } from 'drizzle-orm';
import { isFields } from '@/lib/body';
import { getDatabase } from '@/lib/db/client';
import { invoices, projects } from '@/lib/db/schema';
import { type DeliveryRow, findDelivery } from '@/lib/deliveries/queries';
import { maskPerson } from '@/lib/people';
import { withoutPeople } from '@/lib/personal';
import { findLatestBody, listTimeline, type TimelineRow } from '@/lib/postbacks/queries';
import { inProjects } from '@/lib/projects/scope';
import { getProvider } from '@/lib/providers';
import { asSent } from '@/lib/providers/as-sent';
import { type Fields, PEOPLE_FIELDS, type PeopleField } from '@/lib/providers/provider';
import { type Access, may } from '@/lib/staff/access';
import { listTransactionsOf, type TransactionRow } from '@/lib/transactions/queries';
import { open } from '@/lib/vault';
import { type Believed, readState } from './believed';

async function selectOne(access: Access, id: string) {
  const { orm } = await getDatabase();
  return orm
    .select({
      invoice: {
        id: invoices.id,
        providerInvoiceId: invoices.providerInvoiceId,
        signer: invoices.signer,
        orderId: invoices.orderId,
        status: invoices.status,
        statusRaw: invoices.statusRaw,
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

export interface Person {
  readonly field: PeopleField;
  readonly value: string;
  readonly masked: boolean;
}

export interface InvoiceDetail {
  readonly invoice: Found['invoice'];
  readonly project: Found['project'];
  readonly believed: Believed;
  readonly transactions: readonly TransactionRow[];
  readonly delivery: DeliveryRow | null;
  readonly timeline: readonly TimelineRow[];
  readonly people: readonly Person[];
  /** What the last postback said beyond all this, as sent; null where its bytes are gone. */
  readonly rest: Fields | null;
}

/** Everything known of one invoice; null when there is none that this person may see. */
export async function getInvoice(access: Access, id: string): Promise<InvoiceDetail | null> {
  const [found] = await selectOne(access, id);
  if (!found) return null;
  const [transactions, delivery, timeline, rest] = await Promise.all([
    listTransactionsOf(access, id),
    findDelivery(access, id),
    listTimeline(access, id),
    readRest(access, id, found.project.provider),
  ]);
  return {
    invoice: found.invoice,
    project: found.project,
    believed: readState(found.state),
    transactions,
    delivery: delivery && { ...delivery, recipientName: null },
    timeline,
    people: readPeople(access, found),
    rest,
  };
}

/** Kept as `{field: {v, r}}`, the value and how well it is believed. */
function readPeople(access: Access, { invoice, people, encryptionKeyId }: Found): readonly Person[] {
  if (!may(access, 'seePeople') || !people || !encryptionKeyId) return [];
  const text = new TextDecoder().decode(open({ sealed: people, keyId: encryptionKeyId }, `invoices:${invoice.id}`));
  const kept = JSON.parse(text) as Partial<Record<PeopleField, { readonly v: string }>>;
  const masked = !may(access, 'seePeopleUnmasked');
  return PEOPLE_FIELDS.flatMap((field) => {
    const value = kept[field]?.v;
    return value ? [{ field, value: masked ? maskPerson(field, value) : value, masked }] : [];
  });
}

async function readRest(access: Access, invoiceId: string, providerId: string): Promise<Fields | null> {
  const provider = getProvider(providerId);
  const latest = await findLatestBody(access, invoiceId);
  if (!provider || !latest) return null;
  const bytes = open({ sealed: latest.body, keyId: latest.encryptionKeyId }, `postbacks:${latest.id}`);
  const decoded = provider.decode(bytes);
  if (!decoded.ok || !isFields(decoded.fields)) return null;
  const rest = asSent(decoded.fields, [...provider.understood, 'token']);
  // The merchant's own metadata and fields that are new to us can name people too.
  return may(access, 'seePeopleUnmasked') ? rest : withoutPeople(rest);
}
