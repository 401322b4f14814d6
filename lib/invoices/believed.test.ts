import { describe, expect, it } from 'vitest';
import { merge } from '@/lib/fold/merge';
import type { State } from '@/lib/fold/state';
import { getProvider } from '@/lib/providers';
import type { Fields } from '@/lib/providers/provider';
import { readState } from './believed';

const ITEMS = [{ count: '2', price: '5.00', description: 'Tea' }];

function believedOf(...bodies: readonly Fields[]): ReturnType<typeof readState> {
  return believedBy('novapay', ...bodies);
}

function believedBy(provider: string, ...bodies: readonly Fields[]): ReturnType<typeof readState> {
  let state: State | null = null;
  for (const [index, body] of bodies.entries()) {
    const parsed = getProvider(provider)?.parse({ id: 'S', ...body });
    if (!parsed?.ok) throw new Error('The body lacks a field');
    const receivedAt = `2026-01-27T12:30:0${index}.000000Z`;
    state = merge(state, { event: parsed.event, signer: 'live', grade: 'rsa', receivedAt }).state;
  }
  return readState(state);
}

describe('what is believed of items', () => {
  it('is checked against the payments that name some', () => {
    const payments = [
      { external_id: 'A', amount: '10.00', products: ITEMS },
      { external_id: 'B', amount: '7.5', products: [] },
    ];
    expect(believedOf({ status: 'paid', payments })).toMatchObject({ itemsAmount: '10.00', items: [{}] });
  });

  it('is not doubled by a payment that only repeats another', () => {
    const named = { status: 'paid', external_id: 'A', amount: '10.00', products: ITEMS };
    const { external_id: _, ...unnamed } = named;
    expect(believedOf(named, unnamed).items).toHaveLength(1);
  });

  it('is nothing where there are none', () => {
    expect(believedOf({ status: 'paid', amount: '10.00' })).toMatchObject({ itemsAmount: null, items: [] });
  });
});

describe('an invoice that no token named', () => {
  it('is marked until one does', () => {
    const parsed = getProvider('cryptocloud')?.parse({
      ...{ status: 'success', invoice_id: 'INV-AB12', amount_crypto: '1', currency: 'USDT_TRC20' },
    });
    if (!parsed?.ok) throw new Error('The body lacks a field');
    const receipt = { event: parsed.event, signer: 'live', receivedAt: '2026-01-27T12:30:00.000000Z' } as const;
    const unbound = merge(null, { ...receipt, grade: 'jwt_unbound' }).state;
    expect(readState(unbound).unbound).toBe(true);
    expect(readState(merge(unbound, { ...receipt, grade: 'jwt' }).state).unbound).toBe(false);
  });
});

describe('when a hold began', () => {
  it('is its first message', () => {
    const held = { external_id: 'A', amount: '10.00' };
    expect(believedOf({ ...held, status: 'holded' }, { ...held, status: 'paid' }).heldAt).toBe(
      '2026-01-27T12:30:00.000000Z',
    );
    expect(believedOf({ ...held, status: 'paid' }).heldAt).toBe(null);
  });
});

describe('the network of a payment', () => {
  const form = { status: 'success', invoice_id: 'FORMBODY', amount_crypto: '1', currency: 'USDT_TRC20' };

  it('comes from the code of the currency where no body names it', () => {
    expect(believedBy('cryptocloud', form).facts.network).toBe('TRC20');
    expect(believedBy('cryptocloud-v1', { ...form, currency: 'DOGE' }).facts.network).toBeUndefined();
    expect(believedOf({ status: 'paid', amount: '1' }).facts.network).toBeUndefined();
  });

  it('is the one that a body names', () => {
    const info = { currency: { network: { code: 'TRON' } } };
    expect(believedBy('cryptocloud', { ...form, invoice_info: info }).facts.network).toBe('TRON');
  });
});
