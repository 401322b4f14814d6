import { expect, test } from 'vitest';
import { gradeSecret } from './strength';

test.each([
  ['aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0xL3rU6', 'strong'],
  ['7f3a9c1e5b8d2046f1a7c93e', 'fair'],
  ['correcthorse', 'weak'],
  ['abcdefghijklmnopqrstuvwxyz0123456789', 'weak'],
  ['abababababababababababababababababab', 'weak'],
  ['pass-pass-pass-pass-pass-pass-pass-', 'weak'],
  ['1111111111111111111111111111111111111', 'weak'],
  ['', 'weak'],
])('%j is %s', (secret, grade) => expect(gradeSecret(secret)).toBe(grade));
