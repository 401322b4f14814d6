import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { ActionForm, FormMessage, SubmitButton, TextField } from '@/components/ui/action-form';
import { Badge } from '@/components/ui/badge';
import { Button, LinkButton } from '@/components/ui/button';
import { buttonClass } from '@/components/ui/button-class';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Icon } from '@/components/ui/icon';
import { UntrustedText } from '@/components/untrusted-text';
import { pagePath } from '@/lib/exports/address';
import { monthlyPath, monthName } from '@/lib/exports/monthly';
import { LONGEST_NAME, listSaved, type SavedExport } from '@/lib/exports/saved';
import type { ViewId } from '@/lib/exports/view-names';
import type { Access } from '@/lib/staff/access';
import { removeNamed, saveAsNamed } from './actions';

interface SavedExportsProps {
  readonly access: Access;
  readonly view: ViewId;
  readonly query: URLSearchParams;
  readonly zone: string;
  readonly now: Date;
}

/** What one asks for again and again, by name. */
export async function SavedExports({ access, view, query, zone, now }: SavedExportsProps): Promise<ReactElement> {
  const [saved, t] = await Promise.all([listSaved(access), getTranslations('exports.saved')]);
  return (
    <Card note={t('note')} title={t('title')}>
      <div className="grid gap-5">
        {saved.length === 0 ? (
          <p className="text-muted text-sm">{t('none')}</p>
        ) : (
          <ul className="grid gap-2">
            {saved.map((one) => (
              <Saved key={one.id} now={now} saved={one} zone={zone} />
            ))}
          </ul>
        )}
        <ActionForm action={saveAsNamed} className="grid gap-3 border-line-soft border-t pt-4" resets>
          <input name="view" type="hidden" value={view} />
          <input name="query" type="hidden" value={query.toString()} />
          <TextField autoComplete="off" label={t('name')} maxLength={LONGEST_NAME} name="name" required />
          <Checkbox checked={false} name="monthly" value="yes">
            {t('offerMonthly')}
          </Checkbox>
          <FormMessage />
          <div>
            <SubmitButton variant="secondary">{t('save')}</SubmitButton>
          </div>
        </ActionForm>
      </div>
    </Card>
  );
}

interface SavedProps {
  readonly saved: SavedExport;
  readonly zone: string;
  readonly now: Date;
}

async function Saved({ saved, zone, now }: SavedProps): Promise<ReactElement> {
  const [t, locale] = await Promise.all([getTranslations('exports.saved'), getLocale()]);
  const { id, name, view, query, monthly } = saved;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm">
      <span className="min-w-0 flex-1 basis-32 break-words font-medium text-ink">
        <UntrustedText text={name} />{' '}
        {monthly ? (
          <Badge icon="calendar" tone="neutral">
            {t('monthly')}
          </Badge>
        ) : null}
      </span>
      {monthly ? (
        <a className={buttonClass('secondary', 'small')} href={monthlyPath(saved, zone, now)}>
          {t('download', { month: monthName(saved, zone, now, locale) })}
        </a>
      ) : (
        <LinkButton href={pagePath(view, withOwnDialect(query))} size="small">
          {t('open')}
        </LinkButton>
      )}
      <form action={removeNamed}>
        <input name="id" type="hidden" value={id} />
        <Button
          aria-label={t('remove', { name })}
          size="small"
          title={t('remove', { name })}
          type="submit"
          variant="quiet"
        >
          <Icon name="x" size={14} />
        </Button>
      </form>
    </li>
  );
}

/** One that names no dialect was saved in the plain one, whatever the reader's language. */
function withOwnDialect(query: string): URLSearchParams {
  return new URLSearchParams(
    [['dialect', 'plain'], ...new URLSearchParams(query)].slice(query.includes('dialect=') ? 1 : 0),
  );
}
