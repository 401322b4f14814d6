import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { UntrustedText } from '@/components/untrusted-text';
import { offeredProjects, type ProjectChoice } from '@/lib/projects/choices';

interface ProjectCheckboxesProps {
  readonly projects: readonly ProjectChoice[];
  readonly chosen: readonly string[];
}

/** Which projects; one alone is no choice. */
export function ProjectCheckboxes({ projects, chosen }: ProjectCheckboxesProps): ReactElement | null {
  const t = useTranslations('exports.form');
  const offered = offeredProjects(projects, chosen);
  if (offered.length < 2) return null;
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-ink text-sm">{t('projects')}</legend>
      <div className="flex max-h-40 flex-wrap gap-x-5 gap-y-2 overflow-y-auto">
        {offered.map(({ id, name }) => (
          <Checkbox checked={chosen.includes(id)} key={id} name="project" value={id}>
            <UntrustedText most={60} text={name} />
          </Checkbox>
        ))}
      </div>
      <p className="mt-1.5 text-muted text-xs">{t('projectsAll')}</p>
    </fieldset>
  );
}
