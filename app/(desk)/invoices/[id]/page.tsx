import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache, type ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { isUuid } from '@/lib/cursor';
import { concernsOf } from '@/lib/invoices/attention';
import { customerReply } from '@/lib/invoices/customer-reply';
import { findMergedInvoice, getInvoice, type InvoiceDetail, replyFactsOf, situationOf } from '@/lib/invoices/detail';
import { findDoneState } from '@/lib/invoices/done-marks';
import { LONGEST_NOTE } from '@/lib/invoices/notes';
import { readTimeline, type TimelinePage } from '@/lib/invoices/timeline';
import { type ComparedBodies, diffsFromPrevious, readBodiesOf } from '@/lib/postbacks/compare-bodies';
import { readChanges } from '@/lib/postbacks/read-changes';
import { getProvider } from '@/lib/providers';
import type { Params } from '@/lib/query-string';
import { type Access, may } from '@/lib/staff/access';
import { getTimeZone } from '@/lib/staff/queries';
import { requireStaff } from '@/lib/staff/session';
import { toInstant } from '@/lib/time';
import { clip, visible } from '@/lib/visible';
import { dateIn } from '@/lib/zone';
import { writeNote } from './actions';
import { AmlCard } from './aml';
import { CashReceiptCard } from './cash-receipt';
import { DoneCard } from './done-card';
import { FactsCard } from './facts';
import { InvoiceHeader } from './header';
import { ItemsCard } from './items';
import { MoneyTableCard } from './money-table';
import { NoteForm } from './note-form';
import { AttentionNotices } from './notices';
import { ParcelCard } from './parcel';
import { PeopleCard } from './people';
import { RawCard } from './raw';
import { ReplyCard } from './reply';
import { RestCard } from './rest';
import { Timeline } from './timeline';
import { TransactionsCard } from './transactions-card';
import { readView, type View } from './view';

const MONEY_STATUSES: readonly string[] = ['partial', 'overpaid', 'on_hold'];

interface PageArguments {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Params>;
}

const find = cache(async (id: string) => (isUuid(id) ? getInvoice(await requireStaff(), id) : null));

export async function generateMetadata({ params }: PageArguments): Promise<Metadata> {
  await requireStaff();
  const [detail, t] = await Promise.all([find((await params).id), getTranslations('invoices.detail')]);
  return detail ? { title: t('title', { id: visible(clip(detail.invoice.providerInvoiceId, 40)) }) } : {};
}

export default async function InvoicePage({ params, searchParams }: PageArguments): Promise<ReactElement> {
  const access = await requireStaff();
  const { id: asked } = await params;
  const detail = await find(asked);
  if (!detail) {
    const merged = isUuid(asked) ? await findMergedInvoice(access, asked) : null;
    if (merged) permanentRedirect(`/invoices/${merged}`);
    notFound();
  }
  const view = readView(await searchParams);
  const { id } = detail.invoice;
  const [zone, timeline, raw, done] = await Promise.all([
    getTimeZone(),
    readTimeline(access, id, view.before),
    may(access, 'seeRawBody') && view.first ? readBodiesOf(access, id, idsOf(view)) : null,
    needsAttention(detail) ? findDoneState(access, id) : null,
  ]);
  const props = { access, detail, view, timeline, clock: { now: new Date(), zone }, here: `/invoices/${id}` };
  const concerns = concernsOf(situationOf(detail), props.clock.now);
  const reply = customerReply(replyFactsOf(detail, concerns), toInstant(props.clock.now));
  return (
    <>
      <InvoiceHeader clock={props.clock} detail={detail} />
      <AttentionNotices
        clock={props.clock}
        codes={openQuestions(detail)}
        concerns={concerns}
        currency={detail.invoice.currency}
      />
      {done ? <DoneCard clock={props.clock} invoiceId={id} state={done} /> : null}
      <div className="grid gap-4">
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="grid min-w-0 gap-4">
            <ReplyCard clock={props.clock} project={detail.project} reply={reply} />
            <MoneyAndParcel {...props} />
          </div>
          <History {...props} />
        </div>
        <Details {...props} />
        {may(access, 'seeRawBody') ? <RawBodies {...props} raw={raw} /> : null}
      </div>
    </>
  );
}

/** The marks that postbacks left on the invoice, and a warning when no postback's token names it. */
function openQuestions({ invoice, believed }: InvoiceDetail): readonly string[] {
  return believed.unbound ? ['unbound_token', ...invoice.attention] : invoice.attention;
}

/** It may stand on the list of what needs attention, and not for its parcel alone. */
function needsAttention({ invoice }: InvoiceDetail): boolean {
  return invoice.attention.length > 0 || (!invoice.isTest && MONEY_STATUSES.includes(invoice.status));
}

function idsOf({ first, second }: View): readonly string[] {
  return [first, second].filter((id) => id !== null);
}

interface PartProps {
  readonly access: Access;
  readonly detail: InvoiceDetail;
  readonly view: View;
  readonly timeline: TimelinePage;
  readonly clock: Clock;
  readonly here: string;
}

function MoneyAndParcel({ access, detail, view, clock, here }: PartProps): ReactElement {
  const { invoice, believed, transactions, delivery, people } = detail;
  return (
    <>
      {saysMore(detail) ? <MoneyTableCard currency={invoice.currency} table={believed.money} /> : null}
      <TransactionsCard clock={clock} transactions={transactions} />
      {expectsCash(detail) && may(access, 'markCashReceived') ? (
        <CashReceiptCard
          first={dateIn(clock.zone, new Date(invoice.createdAt))}
          invoiceId={invoice.id}
          today={dateIn(clock.zone, clock.now)}
        />
      ) : null}
      {delivery ? (
        <div className="scroll-mt-16" id="parcel">
          <ParcelCard access={access} clock={clock} delivery={delivery} detail={detail} />
        </div>
      ) : null}
      <PeopleCard invoiceId={invoice.id} people={people} />
      {believed.items.length > 0 ? (
        <ItemsCard
          all={view.allItems}
          amount={believed.itemsAmount ?? invoice.amount}
          currency={invoice.currency}
          here={here}
          items={believed.items}
        />
      ) : null}
    </>
  );
}

function expectsCash({ invoice: { cashOnDelivery } }: InvoiceDetail): boolean {
  return cashOnDelivery !== null && cashOnDelivery !== 'received';
}

/** Where nothing but the paid amount is known, the transaction says it all. */
function saysMore({ believed, transactions }: InvoiceDetail): boolean {
  const [only, ...others] = believed.money.parts;
  return others.length > 0 || transactions.length === 0 || !only?.lines.every(({ name }) => name === 'paid');
}

async function History({ access, detail, view, timeline, clock, here }: PartProps): Promise<ReactElement> {
  const { invoice, project } = detail;
  return (
    <Timeline
      clock={clock}
      diffs={await diffsFromPrevious(access, silentIdsOf(timeline))}
      here={here}
      later={view.before !== null}
      mayOpen={may(access, 'seePostbacks')}
      maySeeRaw={may(access, 'seeRawBody')}
      page={timeline}
      provider={getProvider(project.provider)?.label ?? project.provider}
    >
      <NoteCard invoiceId={invoice.id} />
    </Timeline>
  );
}

/** The postbacks that changed nothing. */
function silentIdsOf({ entries }: TimelinePage): readonly string[] {
  return entries.flatMap((entry) =>
    entry.kind === 'message' && Object.keys(readChanges(entry.changes)).length === 0 ? [entry.id] : [],
  );
}

async function NoteCard({ invoiceId }: { readonly invoiceId: string }): Promise<ReactElement> {
  const t = await getTranslations('invoicePage.note');
  const words = { label: t('label'), placeholder: t('placeholder'), submit: t('submit') };
  return (
    <NoteForm action={writeNote.bind(null, invoiceId)} firstId={randomUUID()} longest={LONGEST_NOTE} words={words} />
  );
}

function Details({ access, detail, clock }: PartProps): ReactElement {
  const { believed, invoice, rest } = detail;
  return (
    <>
      <FactsCard clock={clock} detail={detail} />
      <AmlCard facts={believed.facts} invoiceId={invoice.id} rest={rest} />
      {rest ? <RestCard clock={clock} invoiceId={invoice.id} links={may(access, 'seePostbacks')} rest={rest} /> : null}
    </>
  );
}

function RawBodies({
  access,
  view,
  timeline,
  raw,
  ...rest
}: PartProps & { readonly raw: ComparedBodies | null }): ReactElement {
  return (
    <RawCard
      before={view.beforeText}
      choice={view}
      clock={rest.clock}
      compared={raw}
      here={rest.here}
      masked={!may(access, 'seeRawBodyUnmasked')}
      messages={timeline.entries.filter((entry) => entry.kind === 'message')}
    />
  );
}
