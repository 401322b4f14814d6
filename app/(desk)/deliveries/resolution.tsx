import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { ActionForm, AreaField, FormMessage, SubmitButton } from '@/components/ui/action-form';
import { buttonClass } from '@/components/ui/button-class';
import { Icon } from '@/components/ui/icon';
import { Time } from '@/components/ui/time';
import { UntrustedText } from '@/components/untrusted-text';
import { LONGEST_NOTE, type Resolution, seenFailures } from '@/lib/deliveries/resolutions';
import { reopen, resolve } from './actions';
import { noteField } from './note-field';

interface ResolveFormProps {
  readonly deliveryId: string;
  /** The failures on the screen. */
  readonly reasons: readonly string[];
}

/** Folded until somebody wants it; the note says what was done. */
export function ResolveForm({ deliveryId, reasons }: ResolveFormProps): ReactElement {
  const t = useTranslations('waybills.resolve');
  return (
    <details className="group">
      <summary className={`${buttonClass('secondary', 'small')} cursor-pointer list-none group-open:mb-3`}>
        <Icon name="check" size={14} />
        {t('open')}
      </summary>
      <ActionForm action={resolve.bind(null, deliveryId, seenFailures(reasons))} className="max-w-xl space-y-3">
        <AreaField
          hint={t('hint')}
          label={t('note')}
          maxLength={LONGEST_NOTE}
          name={noteField(deliveryId)}
          required
          rows={2}
        />
        <FormMessage />
        <SubmitButton>{t('submit')}</SubmitButton>
      </ActionForm>
    </details>
  );
}

interface ResolutionNoteProps {
  readonly deliveryId: string;
  readonly resolution: Omit<Resolution, 'holds'>;
  readonly clock: Clock;
  /** Whether this person may reopen it, and it makes sense. */
  readonly reopens: boolean;
}

/** Who dealt with it, when, and what they wrote. */
export function ResolutionNote({ deliveryId, resolution, clock, reopens }: ResolutionNoteProps): ReactElement {
  const t = useTranslations('waybills.resolve');
  return (
    <div className="rounded-control border border-line bg-sunken px-3 py-2 text-sm">
      <p className="flex flex-wrap items-center gap-x-2 text-muted text-xs">
        <Icon className="text-good" name="circle-check" size={14} />
        {t('by', { name: resolution.by })}
        <Time at={resolution.at} now={clock.now} zone={clock.zone} />
      </p>
      {resolution.note === '' ? null : (
        <p className="mt-1 whitespace-pre-line text-ink [overflow-wrap:anywhere]">
          <UntrustedText most={LONGEST_NOTE} text={resolution.note} />
        </p>
      )}
      {reopens ? (
        <ActionForm action={reopen.bind(null, deliveryId)} className="mt-2 space-y-2">
          <FormMessage />
          <SubmitButton className="h-7! px-2.5! text-xs!" variant="secondary">
            <Icon name="undo-2" size={14} />
            {t('reopen')}
          </SubmitButton>
        </ActionForm>
      ) : null}
    </div>
  );
}
