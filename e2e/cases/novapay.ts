import type { Fields } from '@/lib/providers/provider';
import type { Shop } from '../deployment';
import type { Outgoing } from '../http';
import { sampleOf, signed, withHeaders, withoutHeader } from '../signed';
import { accepted, type Case, INVALID_SIGNATURE, RECEIVED, refused } from './case';

const provider = 'novapay';

function headerCase(
  title: string,
  change: (request: Outgoing) => Outgoing,
  outcome: Pick<Case, 'answers' | 'kept'>,
): Case {
  return {
    title,
    provider,
    requests: async (shop) => [change(await signed(shop, sampleOf(shop, 'paid')))],
    ...outcome,
  };
}

const HEADERS: readonly Case[] = [
  headerCase('28 the SHA-256 header alone', (request) => withoutHeader(request, 'x-sign'), {
    answers: [RECEIVED],
    kept: [{ ...accepted(), verified: 'rsa' }],
  }),
  headerCase('28 only the SHA-1 header', (request) => withoutHeader(request, 'x-sign-v2'), {
    answers: [RECEIVED],
    kept: [{ ...accepted('legacy_signature'), verified: 'rsa_legacy' }],
  }),
  headerCase(
    '28 x-sign alone, valid as SHA-256',
    (request) => withoutHeader(withHeaders(request, { 'x-sign': request.headers?.['x-sign-v2'] ?? '' }), 'x-sign-v2'),
    { answers: [RECEIVED], kept: [{ ...accepted(), verified: 'rsa' }] },
  ),
  headerCase('28 neither header', (request) => withoutHeader(withoutHeader(request, 'x-sign-v2'), 'x-sign'), {
    answers: [INVALID_SIGNATURE],
    kept: [refused('signature_missing')],
  }),
  headerCase(
    '28 a SHA-256 header of another body beside a good SHA-1 one',
    (request) => withHeaders(request, { 'x-sign-v2': 'AAAA' }),
    {
      answers: [INVALID_SIGNATURE],
      kept: [refused('signature_wrong_key')],
    },
  ),
];

/** Paid, the waybill made, a failure: three postbacks that share id and status. */
async function parcelStory(shop: Shop, order: readonly number[]): Promise<readonly Outgoing[]> {
  const paid = sampleOf(shop, 'paid');
  const withParcel = (more: Fields): Fields => ({ ...paid, delivery: { ...(paid.delivery as Fields), ...more } });
  const story = [
    paid,
    withParcel({ express_waybills: ['20450012345678'] }),
    withParcel({ ew_fail_reason: ['No such branch'] }),
  ];
  return Promise.all(order.map((index) => signed(shop, story[index] ?? {})));
}

const ORDERS = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
] as const;

const STORIES: readonly Case[] = ORDERS.map((order) => ({
  title: `29 paid, waybill and failure in the order ${order.map((index) => index + 1).join(', ')}`,
  provider,
  requests: (shop) => parcelStory(shop, order),
  answers: [RECEIVED, RECEIVED, RECEIVED],
  invoices: [
    { status: 'paid', amount: '53.00', transactions: ['payment 53.00 UAH'], parcel: 'waybill_created 20450012345678' },
  ],
}));

export const NOVAPAY: readonly Case[] = [
  ...HEADERS,
  {
    title: '28 another key’s signature',
    provider,
    requests: async (shop) => {
      const { sign } = shop.provider.createCredential();
      return [await signed(shop, sampleOf(shop, 'paid'), { key: sign ?? '' })];
    },
    answers: [INVALID_SIGNATURE],
    kept: [refused('signature_wrong_key')],
    invoices: [],
  },
  ...STORIES,
];
