import { useLocale, useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { absoluteTime } from '@/components/ui/clock';
import { Notice } from '@/components/ui/notice';
import { MOST_LINES } from '@/lib/invoices/sent-lines';
import type { ShownBody } from '@/lib/postbacks/compare-bodies';
import { SearchableLines } from './searchable-lines';
import { textLines } from './text-lines';

/** Longer bodies are cut on the screen; the bytes are kept whole. */
const MOST_CHARACTERS = 100_000;

interface ShownRawBodyProps {
  readonly shown: ShownBody;
  /** Which of two it is. */
  readonly turn: 'only' | 'earlier' | 'later';
  readonly clock: Clock;
}

/** The bytes as harmless text, indented where they are JSON. */
export function ShownRawBody({ shown: { id, receivedAt, body }, turn, clock }: ShownRawBodyProps): ReactElement {
  const t = useTranslations('invoicePage');
  const deleted = useTranslations('retention.body');
  const locale = useLocale();
  const title = t(`raw.body.${turn}`, { time: absoluteTime(receivedAt, clock.zone, locale) });
  const text = body.kind === 'shown' ? (body.indented ?? body.text) : '';
  const lines = textLines(text.slice(0, MOST_CHARACTERS));
  const cut = text.length > MOST_CHARACTERS || lines.length >= MOST_LINES;
  return (
    <section
      aria-label={title}
      className="grid min-w-0 content-start gap-3 border-line-soft border-t pt-4"
      data-raw-body={id}
    >
      <h3 className="font-medium text-ink text-sm">{title}</h3>
      {body.kind === 'shown' ? (
        <>
          {body.damaged ? <Notice tone="attention">{t('raw.badBytes')}</Notice> : null}
          <SearchableLines lines={lines} words={{ label: t('search.label'), none: t('search.none') }} />
          {cut ? <p className="text-muted text-sm">{t('raw.cut')}</p> : null}
        </>
      ) : (
        <p className="text-muted text-sm">
          {body.kind === 'deleted' ? deleted(body.hash === null ? 'erased' : 'expired') : t('raw.noBody')}
          {body.kind === 'deleted' && body.hash ? (
            <code className="mt-1 block break-all font-mono text-xs">{body.hash}</code>
          ) : null}
        </p>
      )}
    </section>
  );
}
