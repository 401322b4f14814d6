import type { Right } from '@/lib/staff/access';

export const VIEWS = ['invoices', 'invoice_list', 'transactions', 'deliveries', 'items', 'postbacks', 'audit'] as const;
export type ViewId = (typeof VIEWS)[number];

export function isView(word: string): word is ViewId {
  return (VIEWS as readonly string[]).includes(word);
}

/** What one must be able to see to have it as a file. */
export const VIEW_RIGHTS: Readonly<Partial<Record<ViewId, Right>>> = {
  postbacks: 'seePostbacks',
  audit: 'seeAudit',
};
