import { BlockList, isIP } from 'node:net';
import { getEnv } from '@/lib/env';
import { currentPeer } from '@/lib/peer';

/**
 * Where a request comes from. What a header says is believed only of a proxy in TRUSTED_PROXIES; on Vercel the platform
 * itself stands where the connection would, and writes over whatever a client sent. Null: nobody knows.
 */
export function clientAddress(headers: Headers): string | null {
  const { onVercel, trustedProxies } = getEnv();
  const peer = currentPeer()?.address ?? (onVercel ? headers.get('x-real-ip') : null);
  return addressBehind(peer, headers.get('x-forwarded-for'), trustedProxies);
}

/**
 * From the connection backwards through what each trusted proxy says of the one before it. The first that is not
 * trusted is the client; where a proxy says nothing that can be read, it counts itself.
 */
export function addressBehind(
  peer: string | null,
  forwarded: string | null,
  trusted: readonly string[],
): string | null {
  let address = plainAddress(peer ?? '');
  if (address === null) return null;
  const proxies = rangesOf(trusted);
  const hops = (forwarded ?? '').split(',').reverse();
  for (const hop of hops) {
    const before = plainAddress(hop);
    if (before === null || !proxies.check(address, familyOf(address))) return address;
    address = before;
  }
  return address;
}

/** An IPv6 subscriber has a whole /64 to walk through: for counting, all of it is one. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('::');
  const groups = (text: string): string[] => text.split(':').filter((group) => group !== '');
  const after = tail === undefined ? [] : groups(tail);
  const before = groups(head);
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...after];
  const network = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}

/** Without quotes, port, brackets and zone; an IPv4 address in IPv6 clothes is an IPv4 address. */
function plainAddress(text: string): string | null {
  const trimmed = text.trim().replace(/^"(.*)"$/, '$1');
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(trimmed)?.[1];
  const withPort = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(trimmed)?.[1];
  const address = (bracketed ?? withPort ?? trimmed).replace(/%.*$/, '').toLowerCase();
  const plain = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/, '');
  return isIP(plain) === 0 ? null : plain;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

const known = new WeakMap<readonly string[], BlockList>();

function rangesOf(trusted: readonly string[]): BlockList {
  const made = known.get(trusted) ?? readRanges(trusted);
  known.set(trusted, made);
  return made;
}

function readRanges(trusted: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of trusted) {
    const [address = '', bits] = range.split('/');
    if (bits === undefined) list.addAddress(address, familyOf(address));
    else list.addSubnet(address, Number(bits), familyOf(address));
  }
  return list;
}
