/** A screen to take a picture of: its own path, or the first link of a list. */
export interface Shot {
  readonly name: string;
  readonly path: string;
  /** Follow the first link of that page whose address begins so. */
  readonly open?: string;
  readonly signedOut?: boolean;
}

const INVOICE = '/invoices/';
const POSTBACK = '/postbacks/';
const PROJECT = '/settings/projects/';

/** Before anybody has signed in for the first time. */
export const FIRST_RUN: readonly Shot[] = [
  { name: 'sign-in-first-run', path: '/sign-in', signedOut: true },
  { name: 'setup-without-token', path: '/setup', signedOut: true },
];

/** An owner and nothing else. */
export const EMPTY: readonly Shot[] = [
  { name: 'overview-empty', path: '/' },
  { name: 'invoices-empty', path: '/invoices' },
  { name: 'transactions-empty', path: '/transactions' },
  { name: 'deliveries-empty', path: '/deliveries' },
  { name: 'postbacks-empty', path: '/postbacks' },
  { name: 'projects-empty', path: '/settings/projects' },
  { name: 'project-new', path: '/settings/projects/new' },
];

/** A deployment with a history. */
export const FULL: readonly Shot[] = [
  { name: 'sign-in', path: '/sign-in', signedOut: true },
  { name: 'setup-closed', path: '/setup', signedOut: true },
  { name: 'overview', path: '/' },
  { name: 'invoices', path: '/invoices' },
  { name: 'invoices-filtered', path: '/invoices?status=paid&provider=novapay' },
  { name: 'invoices-nothing-matches', path: '/invoices?q=nobody-ordered-this' },
  { name: 'invoices-bad-value', path: '/invoices?status=perhaps&from=yesterdayish' },
  { name: 'invoice-cryptocloud', path: '/invoices?provider=cryptocloud&status=partial', open: INVOICE },
  { name: 'invoice-cryptocloud-v1', path: '/invoices?provider=cryptocloud-v1', open: INVOICE },
  { name: 'invoice-trybit', path: '/invoices?provider=trybit&status=overpaid', open: INVOICE },
  { name: 'invoice-novapay', path: '/invoices?provider=novapay&status=paid', open: INVOICE },
  { name: 'invoice-novapay-refunded', path: '/invoices?provider=novapay&status=voided', open: INVOICE },
  { name: 'invoice-test', path: '/invoices?test=only', open: INVOICE },
  { name: 'invoice-not-found', path: '/invoices/00000000-0000-4000-8000-000000000000' },
  { name: 'transactions', path: '/transactions' },
  { name: 'transactions-largest-first', path: '/transactions?kind=payment&sort=largest' },
  { name: 'deliveries', path: '/deliveries' },
  { name: 'deliveries-failed', path: '/deliveries?view=unresolved' },
  { name: 'postbacks', path: '/postbacks' },
  { name: 'postbacks-nothing-matches', path: '/postbacks?q=nobody-ordered-this' },
  { name: 'postback-refused', path: '/postbacks?outcome=refused', open: POSTBACK },
  { name: 'postback-unreadable', path: '/postbacks?outcome=unreadable', open: POSTBACK },
  { name: 'postback-contradiction', path: '/postbacks?outcome=contradiction', open: POSTBACK },
  { name: 'postback-duplicate', path: '/postbacks?outcome=duplicate', open: POSTBACK },
  { name: 'postback', path: '/postbacks?outcome=accepted&provider=novapay', open: POSTBACK },
  { name: 'exports', path: '/exports' },
  { name: 'exports-xero', path: '/exports?view=invoices&preset=xero' },
  { name: 'exports-people', path: '/exports?view=invoices&people=include' },
  { name: 'exports-bad-value', path: '/exports?view=invoices&from=2026-02-01&to=2026-01-01&tz=Mars/Base' },
  { name: 'projects', path: '/settings/projects' },
  { name: 'project', path: '/settings/projects', open: PROJECT },
  { name: 'general', path: '/settings/general' },
  { name: 'staff', path: '/settings/staff' },
  { name: 'staff-member', path: '/settings/staff', open: '/settings/staff/' },
  { name: 'staff-invite', path: '/settings/staff/invite' },
  { name: 'account', path: '/settings/account' },
  { name: 'invitation-gone', path: '/invitation/nothing', signedOut: true },
  { name: 'audit', path: '/settings/audit' },
  { name: 'not-found', path: '/nothing-here' },
];
