import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { PeriodChips } from '@/components/period-chips';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { DIALECTS } from '@/lib/csv';
import { pagePath, queryOf } from '@/lib/exports/address';
import { PRESETS, takesOnlyPlainCsv } from '@/lib/exports/preset-names';
import { type ExportRequest, FORMATS } from '@/lib/exports/request';
import type { ViewId } from '@/lib/exports/view-names';
import type { ProjectChoice } from '@/lib/projects/choices';
import type { Access } from '@/lib/staff/access';
import { Include } from './include';
import { KeptFilters } from './kept-filters';
import { ProjectCheckboxes } from './project-checkboxes';

interface ExportFieldsProps {
  readonly access: Access;
  readonly request: ExportRequest;
  readonly views: readonly ViewId[];
  readonly projects: readonly ProjectChoice[];
  readonly zone: string;
  readonly now: Date;
}

/** The controls that make the address of a file. */
export function ExportFields({ access, request, views, projects, zone, now }: ExportFieldsProps): ReactElement {
  const t = useTranslations('exports');
  const { view, from, to } = request;
  const hrefOf = (dates: Pick<ExportRequest, 'from' | 'to'>): string =>
    pagePath(view, queryOf({ ...request, ...dates }, zone));
  return (
    <Card>
      <div className="grid gap-5">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field hint={t(`viewNote.${view}`)} label={t('form.file')} name="view">
            {(control) => (
              <Select {...control} defaultValue={view}>
                {views.map((one) => (
                  <option key={one} value={one}>
                    {t(`view.${one}`)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {view === 'invoices' ? (
            <Field label={t('form.preset')} name="preset">
              {(control) => (
                <Select {...control} defaultValue={request.preset}>
                  {PRESETS.map((preset) => (
                    <option key={preset} value={preset === 'everything' ? '' : preset}>
                      {t(`preset.${preset}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          ) : null}
        </div>
        <fieldset className="grid gap-3">
          <legend className="mb-1.5 font-medium text-ink text-sm">{t('form.period')}</legend>
          <PeriodChips filter={{ ...request.filters.invoices, from, to, tz: request.zone }} hrefOf={hrefOf} now={now} />
          <div className="grid gap-4 sm:grid-cols-3">
            <Field label={t('form.from')} name="from">
              {(control) => <Input {...control} defaultValue={from ?? ''} type="date" />}
            </Field>
            <Field label={t('form.to')} name="to">
              {(control) => <Input {...control} defaultValue={to ?? ''} type="date" />}
            </Field>
            <Field label={t('form.tz')} name="tz">
              {(control) => <Input {...control} defaultValue={request.zone} list="zones" spellCheck={false} />}
            </Field>
            <datalist id="zones">
              {[...new Set([zone, ...OFTEN])].map((name) => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </div>
        </fieldset>
        <ProjectCheckboxes chosen={request.projects} projects={projects} />
        <Include access={access} request={request} />
        <Spelling request={request} />
        <KeptFilters request={request} zone={zone} />
        <noscript>
          <Button type="submit">{t('form.apply')}</Button>
        </noscript>
      </div>
    </Card>
  );
}

const OFTEN = ['Europe/Kyiv', 'Europe/Lisbon', 'Europe/Warsaw', 'UTC'];

/** How the file is written. A preset for another program leaves no choice but how many files it is. */
function Spelling({ request }: { readonly request: ExportRequest }): ReactElement {
  const t = useTranslations('exports.form');
  const words = useTranslations('exports.preset');
  const { preset, format, dialect } = request;
  if (takesOnlyPlainCsv(preset)) {
    return <p className="text-muted text-sm">{t('onlyCsv', { preset: words(preset) })}</p>;
  }
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label={t('format')} name="format">
        {(control) => (
          <Select {...control} defaultValue={format === 'csv' ? '' : format}>
            {FORMATS.map((one) => (
              <option key={one} value={one === 'csv' ? '' : one}>
                {t(`formats.${one}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field hint={t('dialectHint')} label={t('dialect')} name="dialect">
        {(control) => (
          <Select {...control} defaultValue={dialect}>
            {DIALECTS.map((one) => (
              <option key={one} value={one}>
                {t(`dialects.${one}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  );
}
