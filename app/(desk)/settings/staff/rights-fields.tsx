import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { SelectField } from '@/components/ui/action-form';
import { Checkbox } from '@/components/ui/checkbox';
import { UntrustedText } from '@/components/untrusted-text';
import { offeredProjects, type ProjectChoice } from '@/lib/projects/choices';
import { ROLES } from '@/lib/staff/access';
import type { Rights } from '@/lib/staff/manage';

interface RightsFieldsProps {
  readonly rights: Rights;
  readonly projects: readonly ProjectChoice[];
}

/** A role and projects; what an owner need not choose is hidden by CSS, so it needs no script. */
export async function RightsFields({ rights, projects }: RightsFieldsProps): Promise<ReactElement> {
  const [t, role] = await Promise.all([getTranslations('staffRights'), getTranslations('person.role')]);
  const all = rights.projects === 'all';
  const offered = offeredProjects(projects, rights.projects === 'all' ? null : rights.projects);
  return (
    <div className="group/rights space-y-4">
      <SelectField defaultValue={rights.role} hint={<RoleHints />} label={t('role')} name="role">
        {ROLES.map((name) => (
          <option key={name} value={name}>
            {role(name)}
          </option>
        ))}
      </SelectField>
      <fieldset className="group-has-[option[value=owner]:checked]/rights:hidden">
        <legend className="mb-1.5 font-medium text-ink text-sm">{t('projects')}</legend>
        <div className="grid gap-2">
          <Scope checked={all} label={t('all')} value="all" />
          <Scope checked={!all} label={t('chosen')} value="chosen" />
        </div>
        <div className="mt-2 hidden max-h-48 gap-2 overflow-y-auto ps-6 group-has-[input[value=chosen]:checked]/rights:grid">
          {offered.length === 0 ? <p className="text-muted text-sm">{t('none')}</p> : null}
          {offered.map(({ id, name }) => (
            <Checkbox checked={!all && rights.projects.includes(id)} key={id} name="project" value={id}>
              <UntrustedText most={60} text={name} />
            </Checkbox>
          ))}
        </div>
      </fieldset>
    </div>
  );
}

interface ScopeProps {
  readonly value: 'all' | 'chosen';
  readonly checked: boolean;
  readonly label: string;
}

function Scope({ value, checked, label }: ScopeProps): ReactElement {
  return (
    <label className="inline-flex items-start gap-2 text-ink text-sm">
      <input
        className="mt-0.5 size-4 shrink-0 accent-accent"
        defaultChecked={checked}
        name="scope"
        type="radio"
        value={value}
      />
      {label}
    </label>
  );
}

/** What the chosen role may do, in a sentence. */
async function RoleHints(): Promise<ReactElement> {
  const t = await getTranslations('staffRights.about');
  return (
    <>
      <span className="hidden group-has-[option[value=owner]:checked]/rights:inline">{t('owner')}</span>
      <span className="hidden group-has-[option[value=manager]:checked]/rights:inline">{t('manager')}</span>
      <span className="hidden group-has-[option[value=support]:checked]/rights:inline">{t('support')}</span>
      <span className="hidden group-has-[option[value=accountant]:checked]/rights:inline">{t('accountant')}</span>
    </>
  );
}
