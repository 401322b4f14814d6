import { ACCOUNTANT, MANAGER, OWNER, SUPPORT } from '../desk';

/**
 * Who may do what, as data: every route and every action of the build stands here, each with who has it. One that is
 * not here fails the test, so that nobody adds a door without saying whose it is.
 */

/** Members as they are when the matrix runs. The last three were owners when they signed in. */
export const MEMBERS = {
  owner: OWNER,
  manager: MANAGER,
  support: SUPPORT,
  accountant: ACCOUNTANT,
  /** Every right, but none in the project that the rows are about. */
  elsewhere: { ...MANAGER, name: 'Elena Elsewhere', email: 'elsewhere@shop.example', projects: [1] },
  lowered: { ...OWNER, name: 'Luka Lowered', email: 'lowered@shop.example' },
  disabled: { ...OWNER, name: 'Dina Disabled', email: 'disabled@shop.example' },
} as const;

export type Member = keyof typeof MEMBERS;
export type Who = Member | 'stranger';

export const EVERYBODY: readonly Who[] = ['owner', 'manager', 'support', 'accountant', 'elsewhere', 'lowered'];
/** `lowered` is support now. */
const PEOPLE_OF_THE_PROJECT: readonly Who[] = ['owner', 'manager', 'support', 'accountant', 'lowered'];
const LOG: readonly Who[] = ['owner', 'manager', 'support', 'lowered'];
const EXPORTERS: readonly Who[] = ['owner', 'manager', 'accountant'];
const TESTERS: readonly Who[] = ['owner', 'manager'];
const OWNERS: readonly Who[] = ['owner'];

/** What stands for itself in an answer: seen, the row's subject was given away. */
export type Mark = 'order' | 'project' | 'member' | 'act' | 'form' | 'invitation' | 'account' | 'erasing' | 'zone';

export interface Route {
  /** As the build names it. */
  readonly route: string;
  /** `{invoice}` and the like stand for ids of the first project. */
  readonly path: string;
  readonly who: readonly Who[];
  readonly mark: Mark;
  /** Whoever does not see the mark sees the page, with what is their own. */
  readonly ownOnly?: true;
}

export const ROUTES: readonly Route[] = [
  { route: '/', path: '/', who: PEOPLE_OF_THE_PROJECT, mark: 'order' },
  { route: '/invoices', path: '/invoices', who: PEOPLE_OF_THE_PROJECT, mark: 'order' },
  { route: '/invoices/[id]', path: '/invoices/{invoice}', who: PEOPLE_OF_THE_PROJECT, mark: 'order' },
  { route: '/transactions', path: '/transactions', who: PEOPLE_OF_THE_PROJECT, mark: 'order' },
  { route: '/deliveries', path: '/deliveries', who: PEOPLE_OF_THE_PROJECT, mark: 'order' },
  { route: '/postbacks', path: '/postbacks', who: LOG, mark: 'project' },
  { route: '/postbacks/[id]', path: '/postbacks/{postback}', who: LOG, mark: 'project' },
  { route: '/exports', path: '/exports?view=invoices', who: EXPORTERS, mark: 'project' },
  { route: '/settings/projects', path: '/settings/projects', who: TESTERS, mark: 'project' },
  { route: '/settings/projects/[id]', path: '/settings/projects/{project}', who: TESTERS, mark: 'project' },
  {
    route: '/settings/projects/[id]/doctor',
    path: '/settings/projects/{project}/doctor',
    who: TESTERS,
    mark: 'project',
  },
  { route: '/settings/projects/new', path: '/settings/projects/new', who: OWNERS, mark: 'form' },
  { route: '/settings/audit', path: '/settings/audit', who: TESTERS, mark: 'act', ownOnly: true },
  { route: '/api/exports/[view]', path: '/api/exports/audit.csv', who: TESTERS, mark: 'act' },
  { route: '/settings/account', path: '/settings/account', who: EVERYBODY, mark: 'account' },
  { route: '/settings/general', path: '/settings/general', who: OWNERS, mark: 'zone' },
  { route: '/settings/people', path: '/settings/people', who: OWNERS, mark: 'erasing' },
  { route: '/settings/projects/[id]/data', path: '/settings/projects/{project}/data', who: OWNERS, mark: 'project' },
  { route: '/settings/staff', path: '/settings/staff', who: OWNERS, mark: 'member' },
  { route: '/settings/staff/[id]', path: '/settings/staff/{member}', who: OWNERS, mark: 'member' },
  { route: '/settings/staff/invite', path: '/settings/staff/invite', who: OWNERS, mark: 'invitation' },
  { route: '/api/exports/[view]', path: '/api/exports/invoices.csv', who: EXPORTERS, mark: 'order' },
  { route: '/api/search', path: '/api/search?q={order}', who: PEOPLE_OF_THE_PROJECT, mark: 'project' },
];

/** Theirs to see who is not signed in; what they do is tested where they are. */
export const OPEN_ROUTES: readonly string[] = [
  '/setup',
  '/sign-in',
  '/sign-in/code',
  '/sign-out',
  '/wrong-origin',
  '/_global-error',
  '/_not-found',
  // Whoever holds a link that still counts.
  '/invitation/[token]',
  '/reset-password/[token]',
  '/api/auth/[...nextauth]',
  '/api/health',
  '/api/postbacks/[key]',
  '/icon.svg',
  // With the secret of the scheduler; without it a 401, tested with what it does.
  '/api/cron/retention',
  // With the token of the collector; without that setting a 404, tested with what it tells.
  '/api/metrics',
  // Leads on to the first of its pages that one may see.
  '/settings',
  // Tells ids and no more; who is told of which is tested with the stream.
  '/api/live',
];

export interface Action {
  /** File and name. */
  readonly action: string;
  /** A page that has it. */
  readonly path: string;
  /** `anybody`: also signed out. */
  readonly who: readonly Who[] | 'anybody';
}

const HAVE_NOTES: readonly Who[] = EVERYBODY;
const OF_PEOPLE: readonly Who[] = ['owner', 'manager', 'support', 'elsewhere', 'lowered'];
const WHO_EXPORT: readonly Who[] = ['owner', 'manager', 'accountant', 'elsewhere'];

export const ACTIONS: readonly Action[] = [
  { action: 'app/choose-language.ts chooseLanguage', path: '/sign-in', who: 'anybody' },
  { action: 'app/(auth)/setup/actions.ts makeOwner', path: '/setup', who: 'anybody' },
  { action: 'app/(auth)/invitation/[token]/actions.ts join', path: '/invitation/nothing', who: 'anybody' },
  {
    action: 'app/(auth)/reset-password/[token]/actions.ts choosePassword',
    path: '/reset-password/nothing',
    who: 'anybody',
  },
  { action: 'app/(auth)/sign-in/actions.ts enter', path: '/sign-in', who: 'anybody' },
  { action: 'app/(desk)/actions.ts leave', path: '/', who: 'anybody' },
  { action: 'app/(desk)/actions.ts chooseTheme', path: '/', who: 'anybody' },
  { action: 'app/(desk)/queue/actions.ts markAsDone', path: '/', who: HAVE_NOTES },
  { action: 'app/(desk)/list-actions.ts chooseLists', path: '/invoices', who: 'anybody' },
  { action: 'app/(desk)/deliveries/actions.ts resolve', path: '/deliveries', who: OF_PEOPLE },
  { action: 'app/(desk)/deliveries/actions.ts reopen', path: '/deliveries', who: OF_PEOPLE },
  { action: 'app/(desk)/exports/actions.ts saveAsNamed', path: '/exports', who: WHO_EXPORT },
  { action: 'app/(desk)/exports/actions.ts removeNamed', path: '/exports', who: WHO_EXPORT },
  { action: 'app/(desk)/exports/actions.ts confirmPassword', path: '/exports', who: OWNERS },
  { action: 'app/(desk)/invoices/[id]/actions.ts reveal', path: '/invoices/{invoice}', who: OF_PEOPLE },
  { action: 'app/(desk)/invoices/[id]/actions.ts revealField', path: '/invoices/{invoice}', who: OF_PEOPLE },
  { action: 'app/(desk)/invoices/[id]/actions.ts markCash', path: '/invoices/{invoice}', who: WHO_EXPORT },
  { action: 'app/(desk)/invoices/[id]/actions.ts writeNote', path: '/invoices/{invoice}', who: HAVE_NOTES },
  {
    action: 'app/(desk)/settings/projects/[id]/actions.ts sendTest',
    path: '/settings/projects/{project}',
    who: ['owner', 'manager', 'elsewhere'],
  },
  {
    action: 'app/(desk)/settings/projects/[id]/recheck-actions.ts recheckStep',
    path: '/settings/projects/{project}',
    who: ['owner', 'manager', 'elsewhere'],
  },
  { action: 'app/(desk)/settings/projects/[id]/actions.ts rename', path: '/settings/projects/{project}', who: OWNERS },
  {
    action: 'app/(desk)/settings/projects/[id]/actions.ts enterSecret',
    path: '/settings/projects/{project}',
    who: OWNERS,
  },
  { action: 'app/(desk)/settings/projects/[id]/actions.ts archive', path: '/settings/projects/{project}', who: OWNERS },
  {
    action: 'app/(desk)/settings/projects/[id]/url-actions.ts issueUrl',
    path: '/settings/projects/{project}',
    who: OWNERS,
  },
  {
    action: 'app/(desk)/settings/projects/[id]/url-actions.ts endUrl',
    path: '/settings/projects/{project}',
    who: OWNERS,
  },
  { action: 'app/(desk)/settings/projects/new/actions.ts addProject', path: '/settings/projects/new', who: OWNERS },
  {
    action: 'app/(desk)/settings/projects/[id]/secret-actions.ts revealLiveSecret',
    path: '/settings/projects/{project}',
    who: OWNERS,
  },
  {
    action: 'app/(desk)/settings/projects/[id]/secret-actions.ts endPreviousSecret',
    path: '/settings/projects/{project}',
    who: OWNERS,
  },
  { action: 'app/(desk)/settings/staff/actions.ts inviteMember', path: '/settings/staff/invite', who: OWNERS },
  { action: 'app/(desk)/settings/staff/actions.ts revoke', path: '/settings/staff/invite', who: OWNERS },
  { action: 'app/(desk)/settings/staff/actions.ts saveRights', path: '/settings/staff/{member}', who: OWNERS },
  { action: 'app/(desk)/settings/staff/actions.ts resetFactor', path: '/settings/staff/{member}', who: OWNERS },
  { action: 'app/(desk)/settings/staff/actions.ts makeResetLink', path: '/settings/staff/{member}', who: OWNERS },
  { action: 'app/(desk)/settings/staff/actions.ts revokeResetLink', path: '/settings/staff/{member}', who: OWNERS },
  { action: 'app/(desk)/settings/staff/actions.ts switchMember', path: '/settings/staff/{member}', who: OWNERS },
  { action: 'app/(auth)/sign-in/actions.ts enterCode', path: '/sign-in', who: 'anybody' },
  { action: 'app/(desk)/settings/password-actions.ts confirmForData', path: '/settings/people', who: OWNERS },
  { action: 'app/(desk)/settings/general/actions.ts changeTimeZone', path: '/settings/general', who: OWNERS },
  { action: 'app/(desk)/settings/people/actions.ts eraseStep', path: '/settings/people', who: OWNERS },
  {
    action: 'app/(desk)/settings/projects/[id]/data/actions.ts keepFor',
    path: '/settings/projects/{project}/data',
    who: OWNERS,
  },
  {
    action: 'app/(desk)/settings/projects/[id]/data/actions.ts keepRefusedFor',
    path: '/settings/projects/{project}/data',
    who: OWNERS,
  },
  {
    action: 'app/(desk)/settings/projects/[id]/data/actions.ts changePlainMetadata',
    path: '/settings/projects/{project}/data',
    who: OWNERS,
  },
  {
    action: 'app/(desk)/settings/projects/[id]/data/actions.ts makeNamesSearchable',
    path: '/settings/projects/{project}/data',
    who: OWNERS,
  },
  { action: 'app/(desk)/settings/account/actions.ts replacePassword', path: '/settings/account', who: EVERYBODY },
  { action: 'app/(desk)/settings/account/actions.ts changeFactor', path: '/settings/account', who: EVERYBODY },
  { action: 'app/(desk)/settings/account/actions.ts endOne', path: '/settings/account', who: EVERYBODY },
  { action: 'app/(desk)/settings/account/actions.ts endElsewhere', path: '/settings/account', who: EVERYBODY },
  // The last one: it ends the session that calls it.
  { action: 'app/(desk)/settings/account/actions.ts endEverywhere', path: '/settings/account', who: EVERYBODY },
];

/** A text of a postback that stands for its kind of data, and who sees it where. */
export interface ShownText {
  readonly what: string;
  readonly path: string;
  readonly text: string;
  readonly who: readonly Who[];
}

const NOBODY: readonly Who[] = [];

/** The body sent for these rows; each text occurs once in it. */
export const SENT = {
  harmless: 'spring-sale-of-mine',
  short: '47114711',
  masked: 'Fullname of a customer',
  contact: 'campaign@customer.example',
  key: 'Olena Key Kovalenko',
  formOrder: 'FORM-ORDER-4711',
  formEmail: 'form-customer',
  formKey: 'Olena+Form+Key',
  formJson: 'nested-customer',
  refusedOrder: 'REFUSED-ORDER-4711',
  refusedEmail: 'refused-customer',
} as const;

const RAW: readonly Who[] = ['owner', 'manager'];

export const SHOWN_TEXTS: readonly ShownText[] = [
  { what: 'a harmless field', path: '/invoices/{invoice}', text: SENT.harmless, who: PEOPLE_OF_THE_PROJECT },
  { what: 'a short number without a meaning', path: '/invoices/{invoice}', text: SENT.short, who: LOG },
  { what: 'a text without a meaning', path: '/invoices/{invoice}', text: SENT.masked, who: NOBODY },
  { what: 'an e-mail address in a harmless field', path: '/invoices/{invoice}', text: SENT.contact, who: NOBODY },
  { what: 'a key that is a name', path: '/invoices/{invoice}', text: SENT.key, who: NOBODY },
  { what: 'the order of a form body', path: '/postbacks/{form}', text: SENT.formOrder, who: LOG },
  { what: 'a harmless field of a raw body', path: '/postbacks/{postback}', text: SENT.harmless, who: RAW },
  { what: 'a text of a raw body', path: '/postbacks/{postback}', text: SENT.masked, who: OWNERS },
  { what: 'a key of a raw body', path: '/postbacks/{postback}', text: SENT.key, who: OWNERS },
  { what: 'an e-mail address of a raw form body', path: '/postbacks/{form}', text: SENT.formEmail, who: OWNERS },
  { what: 'a key of a raw form body', path: '/postbacks/{form}', text: SENT.formKey, who: OWNERS },
  { what: 'JSON in a raw form body', path: '/postbacks/{form}', text: SENT.formJson, who: OWNERS },
  { what: 'the order that a refused postback claims', path: '/postbacks/{refused}', text: SENT.refusedOrder, who: LOG },
  { what: 'the raw body of a refused postback', path: '/postbacks/{refused}', text: SENT.refusedEmail, who: OWNERS },
];

/** The roles with a quota of customer searches, without one, and without the right to search for customers. */
export const CUSTOMER_SEARCH: Readonly<Record<'quota' | 'free' | 'none', readonly Who[]>> = {
  quota: ['manager', 'support', 'elsewhere', 'lowered'],
  free: ['owner'],
  none: ['accountant'],
};

/** Commands of the operator that no route and no action offers: whoever has the shell has them. */
export const OPERATOR_ONLY: readonly string[] = ['lib/postbacks/replay', 'lib/backup/restore', 'lib/keys/reseal'];
