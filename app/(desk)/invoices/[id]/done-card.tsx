import { randomUUID } from 'node:crypto';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Icon } from '@/components/ui/icon';
import { Time } from '@/components/ui/time';
import { UntrustedText } from '@/components/untrusted-text';
import { type DoneState, MAX_DONE_NOTE, writeSeen } from '@/lib/invoices/done-marks';
import { clip, visible } from '@/lib/visible';
import { markAsDone } from '../../queue/actions';
import { DoneControl } from './done-control';

interface DoneCardProps {
  readonly invoiceId: string;
  readonly state: DoneState;
  readonly clock: Clock;
}

/** Beside what needs attention: the way off the list, or who took it off. */
export async function DoneCard({ invoiceId, state, clock }: DoneCardProps): Promise<ReactElement> {
  const t = await getTranslations('done');
  const { mark, version } = state;
  return (
    <div className="mb-4">
      <DoneControl
        action={markAsDone}
        field={mark ? { name: 'undo', value: invoiceId } : { name: 'item', value: writeSeen({ invoiceId, version }) }}
        firstId={randomUUID()}
        key={mark ? 'done' : 'open'}
        maxNote={mark ? null : MAX_DONE_NOTE}
        words={{ open: t('submit'), note: t('note'), hint: t('hint'), submit: mark ? t('putBack') : t('submit') }}
      >
        {mark ? (
          <div className="min-w-0 flex-1 basis-60">
            <p className="flex flex-wrap items-center gap-x-2 text-muted text-xs">
              <Icon className="text-good" name="circle-check" size={14} />
              <bdi>{t('by', { name: visible(clip(mark.by, 80)) })}</bdi>
              <Time at={mark.at} now={clock.now} zone={clock.zone} />
            </p>
            {mark.note === '' ? null : (
              <p className="mt-1 whitespace-pre-line text-ink text-sm [overflow-wrap:anywhere]" dir="auto">
                <UntrustedText most={MAX_DONE_NOTE} text={mark.note} />
              </p>
            )}
          </div>
        ) : null}
      </DoneControl>
    </div>
  );
}
