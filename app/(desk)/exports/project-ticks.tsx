import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Foreign } from '@/components/foreign';
import { Tick } from '@/components/ui/tick';
import { offeredProjects, type ProjectChoice } from '@/lib/projects/choices';

interface ProjectTicksProps {
  readonly projects: readonly ProjectChoice[];
  readonly chosen: readonly string[];
}

/** Which projects; one alone is no choice. */
export function ProjectTicks({ projects, chosen }: ProjectTicksProps): ReactElement | null {
  const t = useTranslations('exports.form');
  const offered = offeredProjects(projects, chosen);
  if (offered.length < 2) return null;
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-ink text-sm">{t('projects')}</legend>
      <div className="flex max-h-40 flex-wrap gap-x-5 gap-y-2 overflow-y-auto">
        {offered.map(({ id, name }) => (
          <Tick checked={chosen.includes(id)} key={id} name="project" value={id}>
            <Foreign most={60} text={name} />
          </Tick>
        ))}
      </div>
      <p className="mt-1.5 text-muted text-xs">{t('projectsAll')}</p>
    </fieldset>
  );
}
