import { maskName } from '@/lib/people';

export const ROLES = ['owner', 'manager', 'support', 'accountant'] as const;
export type Role = (typeof ROLES)[number];

declare const proven: unique symbol;

/** Who is asking and what they may see. Only `requireStaff()` makes one, so an unscoped query does not compile. */
export interface Access {
  readonly [proven]: true;
  readonly staffId: string;
  /** By which session they ask: what outlives a request ends with it. */
  readonly sessionId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** `all`: every project, later ones too. */
  readonly projects: 'all' | readonly string[];
  /** Where the request came from that asks; null: not to be known. */
  readonly address: string | null;
  readonly requestId: string | null;
}

/** Every act and view that not every role has; the table of who may do what. */
export const RIGHTS = {
  seePostbacks: ['owner', 'manager', 'support'],
  seeRawBody: ['owner', 'manager'],
  /** Without masks over what names people; every look is recorded. */
  seeRawBodyUnmasked: ['owner'],
  /** Masked in every list and page; each value is revealed by itself on the invoice's page. */
  seePeople: ['owner', 'manager', 'support'],
  /** Finds customers by any digits and letters and as often as they like; whoever else sees people has a quota. */
  searchPeopleFreely: ['owner'],
  writeNotes: ['owner', 'manager', 'support', 'accountant'],
  markCashReceived: ['owner', 'manager', 'accountant'],
  resolveWaybill: ['owner', 'manager', 'support'],
  exportFiles: ['owner', 'manager', 'accountant'],
  exportPeople: ['owner'],
  sendTestPostback: ['owner', 'manager'],
  recheckRefused: ['owner', 'manager'],
  manageProjects: ['owner'],
  manageStaff: ['owner'],
  /** One's own acts. */
  seeAudit: ['owner', 'manager', 'support', 'accountant'],
  seeAuditOfOthers: ['owner', 'manager'],
  managePeopleData: ['owner'],
  changeSettings: ['owner'],
  ownAccount: ['owner', 'manager', 'support', 'accountant'],
} as const satisfies Record<string, readonly Role[]>;

export type Right = keyof typeof RIGHTS;

export function may(access: Access, right: Right): boolean {
  return (RIGHTS[right] as readonly Role[]).includes(access.role);
}

export function maySeeProject(access: Access, projectId: string): boolean {
  return access.projects === 'all' || access.projects.includes(projectId);
}

/** A person's name as lists show it: masked for every role, null for those that may not see people. */
export function nameFor(access: Access, name: string | null): string | null {
  return name === null || !may(access, 'seePeople') ? null : maskName(name);
}
