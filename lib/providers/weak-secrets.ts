import { createHash, createPublicKey } from 'node:crypto';

/**
 * Secrets that everybody has read: whoever guesses one can sign. In lower case and without separators, as
 * `isWeakSecret` compares. Each group says where its values stand.
 */
const WELL_KNOWN: ReadonlySet<string> = new Set([
  // What stands for a secret in any tutorial.
  ...['', 'secret', 'secretkey', 'thesecret', 'topsecret', 'supersecret', 'supersecretkey', 'verysecret'],
  ...['mysecret', 'mysecretkey', 'mysupersecret', 'mysupersecretkey', 'mysupersecretpassword', 'somesecret'],
  ...[
    'yoursecret',
    'yoursecretkey',
    'yoursecrethere',
    'yoursecretkeyhere',
    'yoursupersecretkey',
    'insertyoursecrethere',
  ],
  ...['replaceme', 'replacethis', 'changeme', 'changethis', 'changeit', 'pleasechangeme', 'changemeinproduction'],
  ...['thisisasecret', 'thisisasecretkey', 'notasecret', 'notsosecret', 'keepitsecret', 'dontusethisinproduction'],
  ...['apikey', 'yourapikey', 'key', 'mykey', 'test', 'testing', 'testsecret', 'testkey', 'testsecretkey', 'dev'],
  ...['devsecret', 'developmentsecret', 'example', 'examplesecret', 'sample', 'default', 'dummy', 'placeholder'],
  // What stands where the project's SECRET KEY belongs in samples for these providers.
  ...['projectsecret', 'projectsecretkey', 'shopsecret', 'yourprojectsecretkey', 'cryptocloudsecret', 'trybitsecret'],
  // jwt.io, the debugger, before and since 2025.
  ...['your256bitsecret', 'your384bitsecret', 'your512bitsecret', 'qwertyuiopasdfghjklzxcvbnm123456'],
  ...['astringsecretatleast256bitslong', 'avalidstringsecretthatisatleast512bitslongwhichisverylong'],
  // RFC 7515, appendix A.1: the key of its HS256 example.
  'aym1sysppbydfgzld3umj1qzkobwvmkoqqestjqlrt1qs0gzh75aktmn3yj0ips4hcguutwjazzr1z9caow',
  // The readme of jsonwebtoken; the documentation of express-session; Django's, Rails' and Symfony's old defaults.
  ...[
    'shhhhh',
    'shhhh',
    'keyboardcat',
    'jwtsecret',
    'jwtsecretkey',
    'jwtprivatekey',
    'secretkeybase',
    'thistokenisnotsosecretchangeit',
  ],
  // The documentation of FastAPI, "OAuth2 with Password": the SECRET_KEY that people copy.
  '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7',
  // Among the most used passwords (NordPass's yearly lists), and rows of digits and letters.
  ...['password', 'password1', 'password123', 'passw0rd', 'p@ssw0rd', 'qwerty', 'qwerty123', 'qwertyuiop', 'admin'],
  ...['administrator', 'root', 'letmein', 'welcome', 'iloveyou', 'abc123', 'hello', '1q2w3e4r5t', 'user', 'guest'],
  ...['123456', '1234567', '12345678', '123456789', '1234567890', '12345678901234567890', '1234567890123456'],
  ...['0123456789abcdef', '0123456789abcdef0123456789abcdef', 'abcdefghijklmnopqrstuvwxyz', 'deadbeef', '111111'],
]);

/** True for a secret that anybody would try; letter case and separators aside, and one sign repeated as well. */
export function isWeakSecret(value: string): boolean {
  const bare = value.toLowerCase().replace(/[\s_.,:;!<>{}[\]()"'-]/g, '');
  return WELL_KNOWN.has(bare) || /^(.)\1*$/.test(bare);
}

/** Public keys whose private key is published, by the SHA-256 of their DER: anybody can sign what they verify. */
const WELL_KNOWN_KEYS: ReadonlySet<string> = new Set([
  // jwt.io, the debugger's RS256 example.
  'f56c8b01227f62ddbc16eb29a6ac0b310e276760a5e06302fa881a35146f6bc7',
]);

export function isPublishedKey(pem: string): boolean {
  const der = createPublicKey(pem).export({ type: 'spki', format: 'der' });
  return WELL_KNOWN_KEYS.has(createHash('sha256').update(der).digest('hex'));
}
