import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { factWords } from './fact-words';
import { Money } from './ui/money';
import { UntrustedText } from './untrusted-text';

type Sent =
  | { readonly kind: 'text' | 'method'; readonly text: string }
  | { readonly kind: 'amount'; readonly text: string; readonly currency: string | null };

interface Failure {
  /** The carrier's own words. */
  readonly reason: string;
  /** Names the explanation; null where there is none. */
  readonly code: string | null;
  readonly place: string | null;
  readonly path: string | null;
  /** What was sent in that place. */
  readonly value: Sent | null;
}

/** Why a waybill failed: cause, field to mend, what to do, and the provider's text beside it. */
export function FailureReasons({ failures }: { readonly failures: readonly Failure[] }): ReactElement {
  const t = useTranslations('waybills');
  if (failures.length === 0) return <p className="text-muted text-sm">{t('noReason')}</p>;
  return (
    <ul aria-label={t('failures')} className="grid gap-3 text-sm">
      {failures.map((failure) => (
        <li className="border-bad/40 border-s-2 ps-3" key={failure.reason}>
          {failure.code === null ? <Unexplained reason={failure.reason} /> : <Explained {...failure} />}
        </li>
      ))}
    </ul>
  );
}

function Explained({ reason, code, place, path, value }: Failure): ReactElement {
  const t = useTranslations('waybills');
  return (
    <>
      <p className="font-medium text-ink">{t(`reason.${code}.cause`)}</p>
      <p className="mt-0.5 text-ink">{t(`reason.${code}.todo`)}</p>
      <dl className="mt-1.5 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-xs">
        <dt className="text-muted">{t('mend')}</dt>
        <dd className="text-ink">
          {t(`place.${place}`)}
          {path ? <code className="block text-muted sm:ms-1.5 sm:inline">{path}</code> : null}
        </dd>
        {value ? (
          <>
            <dt className="text-muted">{t('sent')}</dt>
            <dd className="font-medium text-ink [overflow-wrap:anywhere]">
              <SentText sent={value} />
            </dd>
          </>
        ) : null}
        <dt className="text-muted">{t('asSent')}</dt>
        <dd className="text-muted [overflow-wrap:anywhere]">
          <UntrustedText most={400} text={reason} />
        </dd>
      </dl>
    </>
  );
}

function SentText({ sent }: { readonly sent: Sent }): ReactElement {
  const t = useTranslations('invoices.factValue');
  if (sent.kind === 'amount')
    return <Money amount={sent.text} className="whitespace-normal!" currency={sent.currency} />;
  const words = sent.kind === 'method' ? factWords(t, 'method', sent.text) : null;
  return words === null ? <UntrustedText most={200} text={sent.text} /> : <span>{words}</span>;
}

function Unexplained({ reason }: { readonly reason: string }): ReactElement {
  const t = useTranslations('waybills');
  return (
    <>
      <p className="font-medium text-ink [overflow-wrap:anywhere]">
        <UntrustedText most={400} text={reason} />
      </p>
      <p className="mt-0.5 text-muted">
        {t('unknown')} {t('unknownTodo')}
      </p>
    </>
  );
}
