import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { FailureReasons } from '@/components/failure-reasons';
import { DeliveryStatusBadge } from '@/components/status-badge';
import { Card } from '@/components/ui/card';
import { Time } from '@/components/ui/time';
import { UntrustedText } from '@/components/untrusted-text';
import { Waybill } from '@/components/waybill';
import { explainFailures } from '@/lib/deliveries/explain';
import type { DeliveryRow } from '@/lib/deliveries/queries';
import { findResolution, type Resolution } from '@/lib/deliveries/resolutions';
import type { InvoiceDetail } from '@/lib/invoices/detail';
import { type Access, may } from '@/lib/staff/access';
import { ResolutionNote, ResolveForm } from '../../deliveries/resolution';

interface ParcelCardProps {
  readonly access: Access;
  readonly delivery: DeliveryRow;
  readonly detail: InvoiceDetail;
  readonly clock: Clock;
}

/** The parcel of the order: its waybills, or why there is none and what was done about it. */
export async function ParcelCard({ access, delivery, detail, clock }: ParcelCardProps): Promise<ReactElement> {
  const [t, resolution] = await Promise.all([getTranslations(), findResolution(access, delivery.id)]);
  const { waybills, failureReasons, carrierText, carrierCode } = delivery;
  const { amount, currency } = detail.invoice;
  const method = detail.believed.facts.method ?? null;
  const failures = explainFailures(failureReasons, { people: detail.people, method, amount, currency });
  return (
    <Card
      actions={<Time at={delivery.updatedAt} className="text-muted text-xs" now={clock.now} zone={clock.zone} />}
      title={t('invoices.detail.parcel')}
    >
      <div className="grid gap-3 text-sm">
        <div className="flex flex-wrap items-center gap-2">
          <DeliveryStatusBadge status={delivery.status} />
          {carrierText || carrierCode ? (
            <span className="text-muted">
              {t('invoices.detail.carrier')} <UntrustedText text={carrierText ?? carrierCode ?? ''} />
            </span>
          ) : null}
        </div>
        {waybills.map((number) => (
          <div className="flex flex-wrap gap-x-2" key={number}>
            <span className="text-muted">{t('invoices.detail.waybill')}</span>
            <Waybill number={number} />
          </div>
        ))}
        {failures.length > 0 ? (
          <div className="grid gap-2">
            <h3 className="font-medium text-muted text-xs">{t('invoices.detail.failures')}</h3>
            <FailureReasons failures={failures} />
          </div>
        ) : null}
        <Settled access={access} clock={clock} delivery={delivery} resolution={resolution} />
      </div>
    </Card>
  );
}

interface SettledProps extends Omit<ParcelCardProps, 'detail'> {
  readonly resolution: Resolution | null;
}

/** What somebody did about the failures, and the way to say so. */
async function Settled({ access, delivery, resolution, clock }: SettledProps): Promise<ReactElement | null> {
  const failed = delivery.status === 'waybill_failed';
  const t = await getTranslations('waybills.resolve');
  const acts = failed && may(access, 'resolveWaybill');
  if (!resolution && !acts) return null;
  return (
    <>
      {resolution ? (
        <ResolutionNote
          clock={clock}
          deliveryId={delivery.id}
          reopens={acts && resolution.holds}
          resolution={resolution}
        />
      ) : null}
      {failed && resolution && !resolution.holds ? <p className="text-attention text-xs">{t('again')}</p> : null}
      {acts && !resolution?.holds ? <ResolveForm deliveryId={delivery.id} reasons={delivery.failureReasons} /> : null}
    </>
  );
}
