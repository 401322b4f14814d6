import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readPastedKey } from './keys';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = publicKey.export({ type: 'spki', format: 'pem' }).toString().trim();
const PKCS1 = publicKey.export({ type: 'pkcs1', format: 'pem' }).toString().trim();
const BASE64 = PEM.split('\n').slice(1, -1).join('');
const OTHER = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ type: 'spki', format: 'pem' });

describe('A public key as people paste it', () => {
  it.each([
    ['as it is', PEM],
    ['with blanks around', ` \n${PEM}\n `],
    ['with Windows line ends', PEM.replaceAll('\n', '\r\n')],
    ['on one line with blanks', PEM.replaceAll('\n', ' ')],
    ['on one line without blanks', PEM.replaceAll('\n', '')],
    ['with \\n as two characters', PEM.replaceAll('\n', '\\n')],
    ['with \\r\\n as four characters', PEM.replaceAll('\n', '\\r\\n')],
    ['with \\\\n, escaped twice', PEM.replaceAll('\n', '\\\\n')],
    ['in quotes, from a settings file', `NOVAPAY_PUBLIC_KEY="${PEM.replaceAll('\n', '\\n')}\\n"`],
    ['as a JSON text', JSON.stringify({ key: PEM })],
    [
      'as lines of a program',
      PEM.split('\n')
        .map((line) => `'${line}\\n'`)
        .join(' +\n'),
    ],
    ['indented, as in YAML', PEM.replaceAll('\n', '\n    ')],
    ['quoted in a letter', PEM.replaceAll(/^/gm, '> ')],
    ['with words around', `Here is the key:\n\n${PEM}\n\nKind regards`],
    ['with dashes of a word processor', PEM.replaceAll('-----', '——-')],
    ['with a blank line and other line lengths', PEM.replaceAll(/.{40}/g, '$&\n\n')],
    ['with invisible characters', `\uFEFF${PEM.replaceAll('\n', '\u200B\n')}`],
    ['without the last line', PEM.split('\n').slice(0, -1).join('\n')],
    ['without its frame', BASE64],
    ['without its frame, in lines', PEM.split('\n').slice(1, -1).join('\n')],
    ['as an RSA PUBLIC KEY', PKCS1],
    ['as an RSA PUBLIC KEY on one line', PKCS1.replaceAll('\n', ' ')],
    ['twice', `${PEM}\n${PEM.replaceAll('\n', '\\n')}`],
  ])('is the key: %s', (_, entered) => {
    expect(readPastedKey(entered)).toEqual({ ok: true, value: PEM });
  });

  const small = generateKeyPairSync('rsa', { modulusLength: 512 }).publicKey.export({ type: 'spki', format: 'pem' });
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ type: 'spki', format: 'pem' });
  it.each([
    ['nothing', '', 'not_a_public_key'],
    ['a word', 'hello', 'not_a_public_key'],
    ['half a key', PEM.slice(0, 200), 'not_a_public_key'],
    ['a key with a letter less', PEM.replace('MII', 'MI'), 'not_a_public_key'],
    ['another kind of key', String(curve), 'not_a_public_key'],
    ['a key that is too small', String(small), 'not_a_public_key'],
    ['a key for SSH', `ssh-rsa ${BASE64} user@host`, 'not_a_public_key'],
    ['a private key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'private_key'],
    [
      'an old private key on one line',
      privateKey.export({ type: 'pkcs1', format: 'pem' }).toString().replaceAll('\n', '\\n'),
      'private_key',
    ],
    ['two different keys', `${PEM}\n${OTHER}`, 'several_keys'],
    ['far too much', PEM.repeat(100), 'not_a_public_key'],
    ['many frames', '-----BEGIN PUBLIC KEY-----'.repeat(700), 'not_a_public_key'],
    ['many frames with blanks', `-----${' '.repeat(20)}`.repeat(700), 'not_a_public_key'],
    ['a long line of dashes', '-'.repeat(19_999), 'not_a_public_key'],
  ])('is refused on the spot: %s', (_, entered, problem) => {
    expect(readPastedKey(entered)).toEqual({ ok: false, problem });
  });
});
