import { useLocale, useTranslations } from 'next-intl';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { PanelGone } from '@/components/panel-gone';
import { PanelPart } from '@/components/panel-part';
import { Fact, Facts } from '@/components/ui/facts';
import { Icon } from '@/components/ui/icon';
import { Id } from '@/components/ui/id';
import { Time } from '@/components/ui/time';
import { UntrustedText } from '@/components/untrusted-text';
import { findAct } from '@/lib/audit/queries';
import type { Access } from '@/lib/staff/access';
import { actWords, fieldWords, valueWords } from './act-words';
import { Who } from './columns';
import { ObjectOf } from './object-of';

interface ActPanelProps {
  readonly access: Access;
  readonly id: string;
  readonly clock: Clock;
}

/** One act with all that is known of it, beside the list. */
export async function ActPanel({ access, id, clock: { now, zone } }: ActPanelProps): Promise<ReactElement> {
  const [act, t, locale] = await Promise.all([findAct(access, id), getTranslations(), getLocale()]);
  if (!act) return <PanelGone />;
  const [before, after, detail] = [fieldsOf(act.before), fieldsOf(act.after), fieldsOf(act.detail)];
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return (
    <div className="grid gap-4">
      <div className="text-sm">
        <p className="font-medium text-base text-ink">{actWords(t, act.action)}</p>
        <p className="mt-0.5 break-words text-muted">
          <ObjectOf action={act.action} object={act.object} subject={act.subject} />
        </p>
      </div>
      <Facts columns={1}>
        <Fact label={t('audit.column.who')}>
          <Who row={act} />
          {act.email ? <UntrustedText className="block text-muted text-xs" most={120} text={act.email} /> : null}
        </Fact>
        <Fact label={t('lists.column.time')}>
          <Time at={act.at} now={now} show="absolute" zone={zone} />
        </Fact>
        {act.project ? (
          <Fact label={t('audit.column.project')}>
            <UntrustedText most={80} text={act.project} />
          </Fact>
        ) : null}
        <Fact label={t('audit.column.address')}>{act.address ?? t('audit.unknown')}</Fact>
        <Fact label={t('audit.request')}>
          {act.requestId ? <Id keep={10} value={act.requestId} /> : t('audit.unknown')}
        </Fact>
      </Facts>
      {changed.length > 0 ? (
        <PanelPart title={t('audit.changed')}>
          <dl className="grid gap-2.5 text-sm">
            {changed.map((field) => (
              <Change after={after[field]} before={before[field]} field={field} key={field} />
            ))}
          </dl>
        </PanelPart>
      ) : null}
      {Object.keys(detail).length > 0 ? (
        <PanelPart title={t('audit.detail')}>
          <Facts columns={1}>
            {Object.entries(detail).map(([field, value]) => (
              <Fact key={field} label={fieldWords(t, field)}>
                <bdi className="break-all">{valueWords(t, locale, field, value)}</bdi>
              </Fact>
            ))}
          </Facts>
        </PanelPart>
      ) : null}
      <PanelPart title={t('audit.chain')}>
        <p className="text-muted text-xs">{t('audit.chainText', { position: act.position ?? 0 })}</p>
        <p className="mt-1.5 break-all font-mono text-muted text-xs">{act.hash}</p>
      </PanelPart>
    </div>
  );
}

interface ChangeProps {
  readonly field: string;
  /** Undefined: the act says nothing of it. */
  readonly before: unknown;
  readonly after: unknown;
}

function Change({ field, before, after }: ChangeProps): ReactElement {
  const t = useTranslations();
  const locale = useLocale();
  return (
    <div>
      <dt className="text-muted text-xs">{fieldWords(t, field)}</dt>
      <dd className="mt-0.5 flex flex-wrap items-center gap-x-2 gap-y-0.5 break-all">
        {before === undefined ? null : (
          <>
            <del className="text-muted">
              <span className="sr-only">{t('audit.before')}: </span>
              <bdi>{valueWords(t, locale, field, before)}</bdi>
            </del>
            <Icon className="text-muted" name="arrow-right" size={13} />
          </>
        )}
        <ins className="text-ink no-underline">
          <span className="sr-only">{t('audit.after')}: </span>
          <bdi>{valueWords(t, locale, field, after)}</bdi>
        </ins>
      </dd>
    </div>
  );
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
