import type { IconName } from '@/components/ui/icon';
import { type Access, may, type Right } from '@/lib/staff/access';

export interface Destination {
  readonly name: 'overview' | 'invoices' | 'transactions' | 'deliveries' | 'postbacks' | 'exports' | 'settings';
  readonly href: string;
  readonly icon: IconName;
  readonly right?: Right;
  /** The letter that leads there after a `g`. */
  readonly key?: string;
}

const DESTINATIONS: readonly Destination[] = [
  { name: 'overview', href: '/', icon: 'house', key: 'o' },
  { name: 'invoices', href: '/invoices', icon: 'receipt-text', key: 'i' },
  { name: 'transactions', href: '/transactions', icon: 'arrow-left-right', key: 't' },
  { name: 'deliveries', href: '/deliveries', icon: 'truck', key: 'd' },
  { name: 'postbacks', href: '/postbacks', icon: 'inbox', right: 'seePostbacks', key: 'p' },
  { name: 'exports', href: '/exports', icon: 'download', right: 'exportFiles', key: 'e' },
  { name: 'settings', href: '/settings', icon: 'settings', right: 'seeAudit' },
];

/** Where this person can go. */
export function destinationsOf(access: Access): readonly Destination[] {
  return DESTINATIONS.filter(({ right }) => right === undefined || may(access, right));
}
