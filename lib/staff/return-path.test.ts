import { describe, expect, test } from 'vitest';
import { safeReturnPath, signInPath } from './return-path';

describe('where signing in leads', () => {
  test.each(['/invoices', '/invoices?status=paid&q=a%26b', '/postbacks/0b1c'])('back to %s', (path) => {
    expect(safeReturnPath(path)).toBe(path);
  });

  test.each([
    null,
    '',
    'invoices',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/.//evil.example',
    '/..//evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/sign-in?next=/',
    '/api/health',
    '/setup',
  ])('never to %j', (path) => {
    expect(safeReturnPath(path)).toBe('/');
  });

  test('the mark of a client navigation is no part of the address', () => {
    expect(safeReturnPath('/invoices?status=paid&_rsc=1a2b')).toBe('/invoices?status=paid');
  });

  test('the sign-in page is told, unless it is the overview', () => {
    expect(signInPath('/invoices?q=1')).toBe('/sign-in?next=%2Finvoices%3Fq%3D1');
    expect(signInPath('/')).toBe('/sign-in');
    expect(signInPath(null)).toBe('/sign-in');
  });
});
