import type { Access } from './access';

/** A test's own `Access`; the product makes one only in `proven.ts`. */
export function accessOf(member: Partial<Omit<Access, never>> & Pick<Access, 'staffId'>): Access {
  return {
    sessionId: '',
    email: 'test@shop.example',
    name: 'Test',
    role: 'owner',
    projects: 'all',
    address: null,
    requestId: null,
    ...member,
  } as Access;
}
