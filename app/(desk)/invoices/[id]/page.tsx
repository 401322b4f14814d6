import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cache, type ReactElement } from 'react';
import { isUuid } from '@/lib/cursor';
import { getInvoice } from '@/lib/invoices/detail';
import { may } from '@/lib/staff/access';
import { getTimeZone } from '@/lib/staff/queries';
import { requireStaff } from '@/lib/staff/session';
import { clip, visible } from '@/lib/visible';
import { AmountsCard, FactsCard, PeopleCard } from './facts';
import { InvoiceHeader } from './header';
import { ItemsCard } from './items';
import { MoneyCard } from './money';
import { AttentionNotices } from './notices';
import { ParcelCard } from './parcel';
import { RestCard } from './rest';
import { Timeline } from './timeline';

interface PageArguments {
  readonly params: Promise<{ readonly id: string }>;
}

const find = cache(async (id: string) => (isUuid(id) ? getInvoice(await requireStaff(), id) : null));

export async function generateMetadata({ params }: PageArguments): Promise<Metadata> {
  await requireStaff();
  const [detail, t] = await Promise.all([find((await params).id), getTranslations('invoices.detail')]);
  return detail ? { title: t('title', { id: visible(clip(detail.invoice.providerInvoiceId, 40)) }) } : {};
}

export default async function InvoicePage({ params }: PageArguments): Promise<ReactElement> {
  const access = await requireStaff();
  const detail = await find((await params).id);
  if (!detail) notFound();
  const zone = await getTimeZone();
  const clock = { now: new Date(), zone };
  const { invoice, believed, transactions, delivery, timeline, people, rest } = detail;
  return (
    <>
      <InvoiceHeader detail={detail} />
      <AttentionNotices invoice={invoice} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="grid min-w-0 gap-4">
          <MoneyCard clock={clock} transactions={transactions} />
          {delivery ? <ParcelCard clock={clock} delivery={delivery} /> : null}
          {believed.items.length > 0 ? (
            <ItemsCard amount={invoice.amount} currency={invoice.currency} items={believed.items} />
          ) : null}
          <FactsCard clock={clock} detail={detail} />
          {people.length > 0 ? <PeopleCard people={people} /> : null}
          <AmountsCard amounts={believed.amounts} currency={invoice.currency} />
          {rest && Object.keys(rest).length > 0 ? <RestCard rest={rest} /> : null}
        </div>
        <Timeline clock={clock} links={may(access, 'seePostbacks')} rows={timeline} />
      </div>
    </>
  );
}
