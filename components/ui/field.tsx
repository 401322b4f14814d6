import type { ReactElement, ReactNode } from 'react';

export interface ControlProps {
  readonly id: string;
  readonly name: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

interface FieldProps {
  readonly name: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** A sentence; stands under the control and is announced with it. */
  readonly error?: string | undefined;
  readonly className?: string;
  /** Receives what ties the control to its label, hint and error. */
  readonly children: (control: ControlProps) => ReactNode;
}

/** A label, its control, a hint and what is wrong. */
export function Field({ name, label, hint, error, className = '', children }: FieldProps): ReactElement {
  const id = `field-${name}`;
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div className={className}>
      <label className="mb-1.5 block font-medium text-ink text-sm" htmlFor={id}>
        {label}
      </label>
      {children({ id, name, 'aria-describedby': described || undefined, 'aria-invalid': error ? true : undefined })}
      {error ? (
        <p className="mt-1.5 text-bad text-sm" id={`${id}-error`}>
          {error}
        </p>
      ) : null}
      {hint ? (
        <p className="mt-1.5 text-muted text-xs" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
    </div>
  );
}
