'use client';

import { type ReactElement, useEffect, useRef } from 'react';
import { presentName } from '@/lib/zone';
import { SelectField } from './ui/action-form';

interface ZoneFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly zones: readonly string[];
  /** Null: none is chosen yet. It then starts with the browser's own zone, which the server cannot know. */
  readonly chosen: string | null;
}

export function ZoneField({ label, hint, zones, chosen }: ZoneFieldProps): ReactElement {
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    const here = presentName(Intl.DateTimeFormat().resolvedOptions().timeZone);
    if (chosen === null && select.current && zones.includes(here)) select.current.value = here;
  }, [zones, chosen]);
  return (
    <SelectField defaultValue={chosen ?? 'UTC'} hint={hint} label={label} name="timeZone" ref={select}>
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll('_', ' ')}
        </option>
      ))}
    </SelectField>
  );
}
