import type { ReactElement, ReactNode } from 'react';

interface CheckboxProps {
  readonly name: string;
  readonly value: string;
  readonly checked: boolean;
  readonly children: ReactNode;
}

export function Checkbox({ name, value, checked, children }: CheckboxProps): ReactElement {
  return (
    <label className="inline-flex min-w-0 items-start gap-2 text-ink text-sm">
      <input
        className="mt-0.5 size-4 shrink-0 accent-accent"
        defaultChecked={checked}
        name={name}
        type="checkbox"
        value={value}
      />
      <span className="min-w-0 break-words">{children}</span>
    </label>
  );
}
