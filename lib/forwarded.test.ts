import { describe, expect, it } from 'vitest';
import { hostOf, protocolOf, tidyForwarded } from './forwarded';

describe('under which host a browser sees us', () => {
  it.each([
    ['of a list the first', 'pay.shop.example, inner', 'inner', 'pay.shop.example'],
    ['without blanks too', 'pay.shop.example,inner', 'inner', 'pay.shop.example'],
    ['out of its quotes', '"pay.shop.example:8443"', 'inner', 'pay.shop.example:8443'],
    ['the first that is there', ', pay.shop.example', 'inner', 'pay.shop.example'],
    ['an IPv6 address with a port', '[2001:db8::1]:8443', 'inner', '[2001:db8::1]:8443'],
    ['in small letters', 'Pay.Shop.example', 'inner', 'pay.shop.example'],
    ['not an empty one', '', 'inner:3000', 'inner:3000'],
    ['not empty quotes', '""', 'inner', 'inner'],
    ['not a whole address', 'https://pay.shop.example/', 'inner', 'inner'],
    ['not markup', '<script>', 'inner', 'inner'],
    ['not a path behind a name', 'pay.shop.example/path', 'inner', 'inner'],
    ['not a name with a user', 'user@evil.example', 'inner', 'inner'],
    ['not a port beyond the last', 'pay.shop.example:99999', 'inner', 'inner'],
    ['nothing where nothing makes sense', ';;', 'a b', null],
    ['nothing where nothing is said', null, null, null],
  ])('%s', (_, forwarded, host, expected) => {
    const said: Record<string, string | null> = { 'x-forwarded-host': forwarded, host };
    expect(hostOf({ get: (name) => said[name] ?? null })).toBe(expected);
  });
});

it('a port that goes without saying is not said', () => {
  const seen = (host: string, protocol: string): string | null =>
    hostOf({ get: (name) => ({ host, 'x-forwarded-proto': protocol })[name] ?? null });
  expect(seen('pay.shop.example:443', 'https')).toBe('pay.shop.example');
  expect(seen('pay.shop.example:80', 'http')).toBe('pay.shop.example');
  expect(seen('pay.shop.example:80', 'https')).toBe('pay.shop.example:80');
});

describe('by which protocol a browser sees us', () => {
  it.each([
    ['https,http', 'https'],
    ['http, https', 'http'],
    ['HTTPS', 'https'],
    ['https:', 'https'],
    ['"https"', 'https'],
    [', https', 'https'],
    ['', null],
    ['""', null],
    ['on', null],
    ['javascript', null],
    [null, null],
  ])('%j is %s', (forwarded, expected) => {
    expect(protocolOf({ get: () => forwarded })).toBe(expected);
  });
});

describe('what is handed on to Next', () => {
  const tidied = (headers: Record<string, string>, appUrl: string | null = null): object => {
    tidyForwarded(headers, appUrl);
    return headers;
  };

  it('is one value each, and none where none makes sense', () => {
    expect(
      tidied({ host: 'inner', 'x-forwarded-host': '"pay.shop.example", b', 'x-forwarded-proto': 'https,http' }),
    ).toEqual({ host: 'inner', 'x-forwarded-host': 'pay.shop.example', 'x-forwarded-proto': 'https' });
    expect(tidied({ host: 'inner:3000', 'x-forwarded-host': '', 'x-forwarded-proto': 'on' })).toEqual({
      host: 'inner:3000',
      'x-forwarded-host': 'inner:3000',
    });
    expect(tidied({ host: 'inner:3000' })).toEqual({ host: 'inner:3000' });
    expect(tidied({ host: '<b>' })).toEqual({ host: 'localhost' });
  });

  it('is APP_URL for what a page of ours there sends, and for nothing else', () => {
    const appUrl = 'https://pay.shop.example:8443';
    expect(tidied({ host: 'pay.shop.example', origin: appUrl }, appUrl)).toEqual({
      host: 'pay.shop.example:8443',
      origin: appUrl,
      'x-forwarded-proto': 'https',
    });
    for (const origin of ['https://evil.example', 'https://pay.shop.example', 'null', ''])
      expect(tidied({ host: 'inner', origin }, appUrl)).toEqual({ host: 'inner', origin });
  });
});
