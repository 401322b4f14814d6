import type { ReactElement } from 'react';
import { Foreign } from '@/components/foreign';
import type { Fields, Value } from '@/lib/providers/provider';

/** More would only be there to make the page heavy. */
const MOST_ENTRIES = 200;
const DEEPEST = 12;

/** Fields as they were sent, nested as they were sent: text and nothing else. */
export function FieldTree({ fields }: { readonly fields: Fields }): ReactElement {
  return <Entries depth={0} entries={Object.entries(fields)} />;
}

interface EntriesProps {
  readonly entries: readonly (readonly [string, Value])[];
  readonly depth: number;
}

function Entries({ entries, depth }: EntriesProps): ReactElement {
  return (
    <ul className={`grid gap-0.5 font-mono text-xs leading-5 ${depth > 0 ? 'border-line border-s ps-3' : ''}`}>
      {entries.slice(0, MOST_ENTRIES).map(([name, value]) => (
        <li className="min-w-0" key={name}>
          <Foreign className="text-muted" most={80} text={name} />
          <Leaf depth={depth} value={value} />
        </li>
      ))}
      {entries.length > MOST_ENTRIES ? <li className="text-muted">… +{entries.length - MOST_ENTRIES}</li> : null}
    </ul>
  );
}

function Leaf({ value, depth }: { readonly value: Value; readonly depth: number }): ReactElement {
  if (value === null || typeof value === 'boolean') return <span className="ms-2 text-faint">{String(value)}</span>;
  if (typeof value === 'string') {
    return value === '' ? (
      <span className="ms-2 text-faint">“”</span>
    ) : (
      <Foreign className="ms-2 break-all text-ink" most={1000} text={value} />
    );
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return <span className="ms-2 text-faint">{Array.isArray(value) ? '[]' : '{}'}</span>;
  if (depth >= DEEPEST) return <span className="ms-2 text-faint">…</span>;
  return <Entries depth={depth + 1} entries={entries} />;
}
