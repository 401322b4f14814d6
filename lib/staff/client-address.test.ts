import { describe, expect, test } from 'vitest';
import { withPeer } from '@/lib/peer';
import { addressBehind, clientAddress, networkOf } from './client-address';

const PROXIES = ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'];

describe('the client’s address', () => {
  test.each([
    ['nobody is trusted', '203.0.113.9', '198.51.100.1', [], '203.0.113.9'],
    ['the peer is no proxy of ours', '203.0.113.9', '198.51.100.1', PROXIES, '203.0.113.9'],
    ['a proxy of ours says', '127.0.0.1', '198.51.100.1', PROXIES, '198.51.100.1'],
    ['two proxies of ours say', '127.0.0.1', '198.51.100.1, 10.1.2.3', PROXIES, '198.51.100.1'],
    ['the client invented the first', '127.0.0.1', '1.2.3.4, 198.51.100.1', PROXIES, '198.51.100.1'],
    ['what it says cannot be read', '127.0.0.1', '198.51.100.1, unknown', PROXIES, '127.0.0.1'],
    ['the nearer of two is unreadable', '127.0.0.1', '1.2.3.4, nonsense, 10.1.2.3', PROXIES, '10.1.2.3'],
    ['the proxy says nothing', '10.0.0.7', null, PROXIES, '10.0.0.7'],
    ['with ports and brackets', '::ffff:127.0.0.1', '[2001:db8::1]:4711', PROXIES, '2001:db8::1'],
    ['in quotes', '127.0.0.1', '"[2001:db8::1]:4711", "10.1.2.3"', PROXIES, '2001:db8::1'],
    ['an IPv4 address with a port', '127.0.0.1', '198.51.100.1:4711', PROXIES, '198.51.100.1'],
    ['through IPv6 of our own', 'fd00::5', '198.51.100.1', PROXIES, '198.51.100.1'],
    ['nobody knows the peer', null, '198.51.100.1', PROXIES, null],
  ])('%s', (_, peer, forwarded, trusted, expected) => {
    expect(addressBehind(peer, forwarded, trusted)).toBe(expected);
  });

  test('comes from the connection, whatever a header says', () => {
    const headers = new Headers({ 'x-forwarded-for': '1.2.3.4', 'x-real-ip': '1.2.3.4' });
    expect(withPeer('::ffff:203.0.113.9', () => clientAddress(headers))).toBe('203.0.113.9');
    expect(clientAddress(headers)).toBe(null);
  });

  test('an IPv6 subscriber is one however many addresses they have', () => {
    expect(networkOf('2001:db8:0:7::1')).toBe('2001:db8:0:7::/64');
    expect(networkOf('2001:db8:0:7:aaaa:bbbb:cccc:dddd')).toBe('2001:db8:0:7::/64');
    expect(networkOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(networkOf('::1')).toBe('0:0:0:0::/64');
    expect(networkOf('198.51.100.1')).toBe('198.51.100.1');
  });
});
