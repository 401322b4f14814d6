import type { Shop } from '../deployment';
import { HUNG_UP, type Outgoing } from '../http';
import { sampleOf, signed, withHeaders } from '../signed';
import {
  type Answer,
  accepted,
  type Case,
  nextAnswers,
  RECEIVED,
  refused,
  TOO_LARGE,
  UNKNOWN,
  UNSUPPORTED,
  WRONG_METHOD,
} from './case';

const KEPT_ONE = { kept: [accepted()], invoices: [{ status: 'paid' }] };
const NOTHING = { kept: [], invoices: [] };

/** A genuine postback to another spelling of the address. */
function spelled(title: string, spell: (path: string, shop: Shop) => string, outcome: Partial<Case> = {}): Case {
  return {
    title,
    requests: async (shop) => {
      const request = await signed(shop, sampleOf(shop, 'paid'));
      return [{ ...request, path: spell(shop.path, shop) }];
    },
    answers: [RECEIVED],
    ...KEPT_ONE,
    ...outcome,
  };
}

const SPELLINGS: readonly Case[] = [
  spelled('a trailing slash', (path) => `${path}/`),
  spelled('a query string', (path) => `${path}?source=cabinet&token=x`),
  spelled('a slash and a query string', (path) => `${path}/?a=1`),
  spelled('the absolute form that a proxy sends', (path) => `http://shop.example${path}`, {
    inNext: { answers: [nextAnswers(308)], ...NOTHING },
  }),
  spelled('a percent-encoded letter', (path) => path.replace(/.$/, (last) => `%${last.charCodeAt(0).toString(16)}`)),
  spelled('a doubled slash before the key', (path) => path.replace('postbacks/', 'postbacks//'), {
    inNext: { answers: [nextAnswers(308)], ...NOTHING },
  }),
  spelled('doubled slashes in front', (path) => `/${path}`, { inNext: { answers: [nextAnswers(308)], ...NOTHING } }),
  {
    title: 'an upper-case host',
    requests: async (shop) => [withHeaders(await signed(shop, sampleOf(shop, 'paid')), { host: 'PAY.SHOP.EXAMPLE' })],
    answers: [RECEIVED],
    ...KEPT_ONE,
  },
  {
    title: 'an RSC header',
    requests: async (shop) => [withHeaders(await signed(shop, sampleOf(shop, 'paid')), { rsc: '1' })],
    answers: [RECEIVED],
    ...KEPT_ONE,
    inNext: { answers: [nextAnswers(307)], ...NOTHING },
  },
  {
    title: 'an offer to upgrade to h2c',
    requests: async (shop) => {
      const offer = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAAP__' };
      return [withHeaders(await signed(shop, sampleOf(shop, 'paid')), offer)];
    },
    answers: [RECEIVED],
    ...KEPT_ONE,
    inNext: { answers: [nextAnswers(HUNG_UP)], ...NOTHING },
  },
  {
    title: 'in pieces, without a length',
    requests: async (shop) => [{ ...(await signed(shop, sampleOf(shop, 'paid'))), chunked: true }],
    answers: [RECEIVED],
    ...KEPT_ONE,
  },
];

/** What was pasted along with the address. */
const BEHIND: readonly Case[] = [
  ...['%0A', '%0D%0A', '%09', '%C2%A0', '.', ',', ')', '%22', '%3E', '%00'].map((ending) =>
    spelled(`${ending} behind the key`, (path) => `${path}${ending}`),
  ),
  spelled('bytes behind the key that are no text', (path) => `${path}%ff`, {
    inNext: { answers: [nextAnswers(500)], ...NOTHING },
  }),
];

/** 14: nobody's address. */
function nobodys(title: string, spell: (path: string) => string, inNext?: Answer): Case {
  const answer = inNext ? { inNext: { answers: [inNext] } } : {};
  return spelled(`14 ${title}`, spell, { answers: [UNKNOWN], ...NOTHING, ...answer });
}

const NOBODYS: readonly Case[] = [
  nobodys('an unknown key', (path) => `${path.slice(0, -4)}AAAA`),
  nobodys('no key', () => '/api/postbacks/', nextAnswers(404)),
  nobodys('two dots', (path) => path.replace(/[^/]+$/, '../postbacks'), nextAnswers(404)),
  nobodys('an encoded slash', (path) => path.replace('/postbacks/', '/postbacks/x%2f'), nextAnswers(404)),
  nobodys('a longer path', (path) => `${path}/more`, nextAnswers(404)),
];

function methodCase(method: string, outcome: Partial<Case> = {}): Case {
  return {
    title: `15 ${method}`,
    requests: async (shop) => [{ method, path: shop.path }],
    answers: [method === 'HEAD' ? { ...WRONG_METHOD, body: null } : WRONG_METHOD],
    ...NOTHING,
    counts: method === 'GET' ? { get: 1 } : {},
    ...outcome,
  };
}

const METHODS: readonly Case[] = [
  ...['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method) => methodCase(method)),
  methodCase('TRACE', { inNext: { answers: [nextAnswers(500)] } }),
  methodCase('PROPFIND', { inNext: { answers: [nextAnswers(400)] } }),
];

function labelled(title: string, headers: Readonly<Record<string, string>>, outcome: Partial<Case>): Case {
  return {
    title,
    requests: async (shop) => [withHeaders(await signed(shop, sampleOf(shop, 'paid')), headers)],
    answers: [RECEIVED],
    ...KEPT_ONE,
    ...outcome,
  };
}

/** Not read, and kept among the refused. */
function unsupported(reason: string): Partial<Case> {
  return { answers: [UNSUPPORTED], kept: [{ ...refused(reason), answer_status: 415 }], invoices: [] };
}

const LABELS: readonly Case[] = [
  labelled('17 multipart', { 'content-type': 'multipart/form-data; boundary=x' }, unsupported('media_type')),
  labelled('17 XML', { 'content-type': 'application/xml' }, unsupported('media_type')),
  labelled('17 UTF-16', { 'content-type': 'application/json; charset=utf-16' }, unsupported('charset')),
  ...['us-ascii', '', 'windows-1251'].map((charset) =>
    labelled(`17 the charset "${charset}" over ASCII`, { 'content-type': `application/json; charset=${charset}` }, {}),
  ),
  ...['gzip', 'br', 'deflate', 'zstd'].map((encoding) =>
    labelled(`18 ${encoding}`, { 'content-encoding': encoding }, unsupported('content_encoding')),
  ),
  ...['identity', '', 'UTF-8'].map((encoding) =>
    labelled(`18 the encoding "${encoding}", which encodes nothing`, { 'content-encoding': encoding }, {}),
  ),
];

function large(title: string, request: Omit<Outgoing, 'path'>): Case {
  return {
    title,
    requests: async ({ path }) => [{ path, headers: { 'content-type': 'application/json' }, ...request }],
    answers: [TOO_LARGE],
    ...NOTHING,
    counts: { too_large: 1 },
  };
}

const KB = 1024;

const LARGE: readonly Case[] = [
  large('19 257 KB with a length', { body: 'x'.repeat(257 * KB) }),
  large('19 257 KB in pieces without one', { body: 'x'.repeat(257 * KB), chunked: true }),
  large('19 10 MB with a length', { body: 'x'.repeat(10 * KB * KB) }),
  large('19 10 MB in pieces without one', { body: 'x'.repeat(10 * KB * KB), chunked: true }),
];

export const DOORS: readonly Case[] = [...SPELLINGS, ...BEHIND, ...NOBODYS, ...METHODS, ...LABELS, ...LARGE];
