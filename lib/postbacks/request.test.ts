import { expect, it } from 'vitest';
import { accessOf } from '@/lib/staff/access.testing';
import { shownRequest } from './request';

it('shows what signs a body only to who sees the body without masks', () => {
  const request = {
    senderAddress: '203.0.113.9',
    headers: { 'content-encoding': 'identity', 'x-sign-v2': 'c2lnbmVk' },
  };
  const owner = accessOf({ staffId: '1', role: 'owner' });
  const manager = accessOf({ staffId: '2', role: 'manager' });
  expect(shownRequest(owner, request)).toEqual(request);
  expect(shownRequest(manager, request)).toEqual({ ...request, headers: { 'content-encoding': 'identity' } });
  expect(shownRequest(manager, null)).toBeNull();
});
