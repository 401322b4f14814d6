import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { type ExportRequest, PARAMETERS } from '@/lib/exports/request';
import { type Access, may } from '@/lib/staff/access';

interface IncludeProps {
  readonly access: Access;
  readonly request: ExportRequest;
}

/** What is left out unless it is asked for. */
export function Include({ access, request }: IncludeProps): ReactElement | null {
  const t = useTranslations('exports.form');
  const { view, test, expected, people } = request;
  const has = (name: string): boolean => PARAMETERS[view].includes(name);
  if (!has('test')) return null;
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-ink text-sm">{t('include')}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        <Checkbox checked={test !== 'exclude'} name="test" value={test === 'only' ? 'only' : 'include'}>
          {t(test === 'only' ? 'onlyTest' : 'test')}
        </Checkbox>
        {has('expected') ? (
          <Checkbox checked={expected} name="expected" value="include">
            {t('expected')}
          </Checkbox>
        ) : null}
        {has('people') && may(access, 'exportPeople') ? (
          <Checkbox checked={people} name="people" value="include">
            {t('people')}
          </Checkbox>
        ) : null}
      </div>
    </fieldset>
  );
}
