import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { factWords } from './fact-words';
import { UntrustedText } from './untrusted-text';

/** A status in the provider's own vocabulary: in the reader's words, and beside them as it was sent, to compare with its dashboard. */
export function ProviderStatus({ raw }: { readonly raw: string }): ReactElement {
  const words = factWords(useTranslations('invoices.factValue'), 'status_raw', raw);
  if (words === null) return <UntrustedText text={raw} />;
  if (words.toLowerCase() === raw.trim().toLowerCase()) return <span>{words}</span>;
  return (
    <>
      {words} <UntrustedText className="font-mono text-muted text-xs" most={40} text={raw} />
    </>
  );
}
