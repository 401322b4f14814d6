import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Id } from '@/components/ui/id';
import { Link } from '@/components/ui/link';
import { UntrustedText } from '@/components/untrusted-text';
import { objectHref, objectWords } from './act-words';

interface ObjectOfProps {
  readonly action: string;
  readonly object: string | null;
  /** The name of a member of staff that it is the id of. */
  readonly subject: string | null;
}

/** What an act was done to: in words, as a link to it, or as it was called. */
export function ObjectOf({ action, object, subject }: ObjectOfProps): ReactElement | null {
  const t = useTranslations();
  if (object === null || object === '') return null;
  if (subject !== null) return <UntrustedText most={80} text={subject} />;
  const words = objectWords(t, action, object);
  if (words !== null) return <span>{words}</span>;
  const href = objectHref(action, object);
  if (href === null) return <UntrustedText most={80} text={object} />;
  return (
    <Link className="text-link relative z-1 whitespace-nowrap" href={href}>
      <Id value={object} />
    </Link>
  );
}
