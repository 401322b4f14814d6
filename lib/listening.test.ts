import { expect, it } from 'vitest';
import { displayedHost, reachableHost, reachSentence } from './listening';

it.each([
  ['127.0.0.1', '127.0.0.1', 'localhost', 'only this machine'],
  ['localhost', 'localhost', 'localhost', 'only this machine'],
  ['::1', '[::1]', 'localhost', 'only this machine'],
  ['0.0.0.0', '127.0.0.1', 'localhost', 'all interfaces'],
  ['::', '127.0.0.1', 'localhost', 'all interfaces'],
  ['10.0.0.7', '10.0.0.7', '10.0.0.7', 'listens on 10.0.0.7'],
  ['fe80::7', '[fe80::7]', '[fe80::7]', 'listens on fe80::7'],
])('HOST=%s is reached at %s, shown as %s', (host, reached, shown, sentence) => {
  expect([reachableHost(host), displayedHost(host)]).toEqual([reached, shown]);
  expect(reachSentence(host, 3000)).toContain(sentence);
});
