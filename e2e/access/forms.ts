import type { Outgoing } from '../http';

/** One way of asking for a page: as a browser does, as the framework does, as somebody who looks for a way around. */
export interface Form {
  readonly name: string;
  readonly ask: (path: string, cookie: string) => Outgoing;
  /** Whoever may see the page is shown it also so. */
  readonly shows: boolean;
}

const withPath = (path: string, change: (name: string) => string): string => {
  const [name = '', query] = path.split('?');
  return change(name) + (query === undefined ? '' : `?${query}`);
};

function plain(name: string, headers: Readonly<Record<string, string>>, shows: boolean): Form {
  return { name, shows, ask: (path, cookie) => ({ method: 'GET', path, headers: { ...headers, cookie } }) };
}

function method(name: string): Form {
  return { name, shows: false, ask: (path, cookie) => ({ method: name, path, headers: { cookie } }) };
}

function spelled(name: string, change: (path: string) => string, headers: Readonly<Record<string, string>> = {}): Form {
  const ask: Form['ask'] = (path, cookie) => ({ method: 'GET', path: change(path), headers: { ...headers, cookie } });
  return { name, shows: false, ask };
}

const encoded = (name: string): string => name.replace(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);

const FLIGHT = { rsc: '1' };

export const FORMS: readonly Form[] = [
  plain('HTML', { accept: 'text/html' }, true),
  plain('RSC', FLIGHT, false),
  plain('prefetch', { ...FLIGHT, 'next-router-prefetch': '1' }, false),
  plain('runtime prefetch', { ...FLIGHT, 'next-router-prefetch': '2' }, false),
  plain(
    'segment prefetch',
    { ...FLIGHT, 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' },
    false,
  ),
  plain('state tree', { ...FLIGHT, 'next-router-state-tree': '%5B%22%22%2C%7B%7D%5D' }, false),
  spelled('.rsc', (path) => withPath(path, (name) => `${name === '/' ? '/index' : name}.rsc`)),
  spelled(
    '.segments',
    (path) => withPath(path, (name) => `${name === '/' ? '/index' : name}.segments/_tree.segment.rsc`),
    FLIGHT,
  ),
  spelled('_next/data', (path) => withPath(path, (name) => `/_next/data/build${name === '/' ? '/index' : name}.json`)),
  spelled('trailing slash', (path) => withPath(path, (name) => `${name}/`)),
  spelled('doubled slash', (path) => withPath(path, (name) => `/${name}`)),
  spelled('encoded', (path) => withPath(path, encoded)),
  spelled('capitals', (path) => withPath(path, (name) => name.toUpperCase())),
  spelled('id by query', (path) => {
    const [name = ''] = path.split('?');
    const id = /[0-9a-f-]{36}/.exec(name)?.[0] ?? '';
    return `${name.replace(id, 'x')}?id=${id}&nxtPid=${id}`;
  }),
  plain('around the proxy', { 'x-middleware-subrequest': Array(5).fill('proxy').join(':') }, false),
  plain('around the middleware', { 'x-middleware-subrequest': Array(5).fill('src/middleware').join(':') }, false),
  plain('named by a proxy', { 'x-matched-path': '/sign-in', 'x-invoke-path': '/sign-in', 'x-nextjs-data': '1' }, false),
  plain('rewritten', { 'x-middleware-rewrite': '/', 'x-original-url': '/sign-in', 'x-rewrite-url': '/sign-in' }, false),
  plain('as if inside', { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1', host: 'localhost' }, false),
  method('HEAD'),
  method('POST'),
  method('PUT'),
  method('PATCH'),
  method('DELETE'),
  method('OPTIONS'),
];

export interface Origin {
  readonly name: string;
  readonly headers: (own: string) => Readonly<Record<string, string>>;
}

/** From where an action is called without being ours. */
export const FOREIGN: readonly Origin[] = [
  { name: 'no origin', headers: () => ({}) },
  { name: 'another origin', headers: () => ({ origin: 'https://evil.example' }) },
  { name: 'a null origin', headers: () => ({ origin: 'null' }) },
  { name: 'cross-site', headers: (own) => ({ origin: own, 'sec-fetch-site': 'cross-site' }) },
  { name: 'a sibling site', headers: (own) => ({ origin: own, 'sec-fetch-site': 'same-site' }) },
  {
    name: 'another host',
    headers: () => ({
      origin: 'https://evil.example',
      'x-forwarded-host': 'evil.example',
      'sec-fetch-site': 'cross-site',
    }),
  },
];
