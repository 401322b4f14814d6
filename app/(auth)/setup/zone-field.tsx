'use client';

import { type ReactElement, useEffect, useRef } from 'react';
import { SelectField } from '@/components/ui/action-form';
import { presentName } from './zones';

interface ZoneFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly zones: readonly string[];
}

/** Starts with the browser's own zone, which the server cannot know. */
export function ZoneField({ label, hint, zones }: ZoneFieldProps): ReactElement {
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    const here = presentName(Intl.DateTimeFormat().resolvedOptions().timeZone);
    if (select.current && zones.includes(here)) select.current.value = here;
  }, [zones]);
  return (
    <SelectField defaultValue="UTC" hint={hint} label={label} name="timeZone" ref={select}>
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {zone.replaceAll('_', ' ')}
        </option>
      ))}
    </SelectField>
  );
}
