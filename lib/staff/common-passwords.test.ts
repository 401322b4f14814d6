import { expect, it } from 'vitest';
import { isCommonPassword } from './common-passwords';

it.each([
  'password123',
  'PASSWORD123',
  'Password1!',
  'password2026!',
  ' password123 ',
  'ｐａｓｓｗｏｒｄ123',
  'qwertyuiop',
  '1234567890',
  '1q2w3e4r5t6y',
  'iloveyou2025',
  'qwertyqwerty',
  'passwordpassword!!',
  'aaaaaaaaaaaa',
  '1111111111',
])('%s is common', async (password) => {
  expect(await isCommonPassword(password)).toBe(true);
});

it.each([
  'three grey herons',
  'tillbell-demo',
  'чотири сірі чаплі',
  '8Kq!vR2#mZ',
  'a long password',
  '😀😀😀😀😀 five',
])('%s is not', async (password) => {
  expect(await isCommonPassword(password)).toBe(false);
});

it('a password of the greatest length is looked at in no time', async () => {
  expect(await isCommonPassword(`${'ab'.repeat(99)}c!`)).toBe(false);
});
