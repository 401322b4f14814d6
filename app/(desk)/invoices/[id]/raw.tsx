import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Button, LinkButton } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { absoluteTime } from '@/components/ui/clock';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { isInvoiceStatus } from '@/lib/invoices/status';
import type { MessageEntry } from '@/lib/invoices/timeline-messages';
import type { ComparedBodies } from '@/lib/postbacks/compare-bodies';
import { readChanges } from '@/lib/postbacks/read-changes';
import { ShownRawBody } from './raw-body';
import { BodyDiffTable } from './raw-diff';

export interface RawChoice {
  readonly first: string | null;
  readonly second: string | null;
}

interface RawCardProps {
  readonly choice: RawChoice;
  /** What was asked for; null until somebody asks. */
  readonly compared: ComparedBodies | null;
  /** The postbacks on this page of the timeline, newest first. */
  readonly messages: readonly MessageEntry[];
  /** The page of the timeline, to stay on it. */
  readonly before: string | null;
  readonly here: string;
  readonly masked: boolean;
  readonly clock: Clock;
}

/** Nothing is opened before it is asked for, because every look is written down. */
export function RawCard(props: RawCardProps): ReactElement {
  const { choice, compared, messages, here, masked, clock } = props;
  const t = useTranslations('invoicePage.raw');
  const wanted = [choice.first, choice.second].filter((id) => id !== null);
  return (
    <Card
      actions={
        compared ? (
          <LinkButton href={`${here}#raw`} scroll={false} size="small" variant="quiet">
            {t('close')}
          </LinkButton>
        ) : undefined
      }
      id="raw"
      note={t(masked ? 'noteMasked' : 'note')}
      title={t('title')}
    >
      <div className="grid gap-5">
        {messages.length > 0 ? <Chooser {...props} /> : <p className="text-muted text-sm">{t('none')}</p>}
        {compared && compared.bodies.length < new Set(wanted).size ? (
          <Notice tone="attention">{t('gone')}</Notice>
        ) : null}
        {compared && compared.bodies.length > 1 ? <BodyDiffTable clock={clock} compared={compared} /> : null}
        {compared && compared.bodies.length > 0 ? (
          <div className={`grid gap-5 ${compared.bodies.length > 1 ? 'lg:grid-cols-2' : ''}`}>
            {compared.bodies.map((shown, index) => (
              <ShownRawBody
                clock={clock}
                key={shown.id}
                shown={shown}
                turn={compared.bodies.length === 1 ? 'only' : index === 0 ? 'earlier' : 'later'}
              />
            ))}
          </div>
        ) : null}
      </div>
    </Card>
  );
}

function Chooser({ choice, messages, before, here, clock }: RawCardProps): ReactElement {
  const t = useTranslations();
  const locale = useLocale();
  const options = (): readonly ReactElement[] =>
    messages.map((message) => {
      const [, status] = readChanges(message.changes).status ?? [];
      const outcome = t(`postbacks.outcome.${message.outcome}`);
      const word = status && isInvoiceStatus(status) ? t(`invoices.status.${status}`) : outcome;
      return (
        <option key={message.id} value={message.id}>
          {t('invoicePage.raw.option', { time: absoluteTime(message.at, clock.zone, locale), word })}
        </option>
      );
    });
  return (
    <form action={`${here}#raw`} className="flex flex-wrap items-end gap-3" key={`${choice.first} ${choice.second}`}>
      {before ? <input name="before" type="hidden" value={before} /> : null}
      <Field className="min-w-52 flex-1" label={t('invoicePage.raw.first')} name="body">
        {(control) => (
          <Select {...control} defaultValue={choice.first ?? messages[0]?.id}>
            {options()}
          </Select>
        )}
      </Field>
      <Field className="min-w-52 flex-1" label={t('invoicePage.raw.second')} name="with">
        {(control) => (
          <Select {...control} defaultValue={choice.second ?? ''}>
            <option value="">{t('invoicePage.raw.nothing')}</option>
            {options()}
          </Select>
        )}
      </Field>
      <Button type="submit" variant="secondary">
        {t('invoicePage.raw.open')}
      </Button>
    </form>
  );
}
