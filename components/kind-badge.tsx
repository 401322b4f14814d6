import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import type { TransactionKind } from '@/lib/transactions/status';
import { Badge } from './ui/badge';
import type { IconName } from './ui/icon';
import type { Tone } from './ui/tone';

const LOOK = {
  payment: ['good', 'wallet'],
  top_up: ['good', 'plus'],
  refund: ['neutral', 'undo-2'],
  expected: ['progress', 'hand-coins'],
} as const satisfies Record<TransactionKind, readonly [Tone, IconName]>;

/** What one transaction of money is. */
export function KindBadge({ kind }: { readonly kind: TransactionKind }): ReactElement {
  const t = useTranslations('invoices.kind');
  const [tone, icon] = LOOK[kind];
  return (
    <Badge icon={icon} tone={tone}>
      {t(kind)}
    </Badge>
  );
}
