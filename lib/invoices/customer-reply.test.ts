import { describe, expect, it } from 'vitest';
import { customerReply, type ReplyFacts, type ToldCustomer } from './customer-reply';
import { REPLY_LANGUAGES, replyLanguage, withReplyLanguage } from './reply-language';

const NOW = '2026-01-27T12:00:00.000000Z';
const LATER = '2026-01-27T14:20:00.000000Z';
const PAID: ReplyFacts = {
  invoice: { status: 'paid', orderId: 'A-1', amount: '10', currency: 'UAH', isTest: false, attention: [] },
  transactions: [{ kind: 'payment', amount: '10' }],
  delivery: { status: 'waybill_created', waybills: ['20450012345678'] },
  concerns: [],
  method: null,
  cash: null,
  due: '10',
  expiresAt: null,
};

/** By its status alone: the amounts name no difference. */
const UNDERPAID = { code: 'partial', percent: null, missing: null, until: null, open: false } as const;
const OVERPAID = { code: 'overpaid', extra: null } as const;

const ofStatus = (status: string, more: Partial<ReplyFacts> = {}): ReplyFacts => ({
  ...PAID,
  ...more,
  invoice: { ...PAID.invoice, status, ...more.invoice },
});
const told = (facts: ReplyFacts): ToldCustomer | null => customerReply(facts, NOW).told;

describe('the reply to the customer', () => {
  it('is the payment and the parcel', () => {
    expect(customerReply(PAID, NOW)).toEqual({
      withheld: null,
      told: {
        sentence: 'paid',
        order: 'A-1',
        amount: '10',
        currency: 'UAH',
        missing: null,
        payUntil: null,
        refunded: null,
        parcel: { sentence: 'made', waybills: ['20450012345678'] },
      },
    });
    expect(told({ ...PAID, delivery: { status: 'waybill_failed', waybills: [] } })?.parcel?.sentence).toBe('none');
    expect(told({ ...PAID, delivery: null })?.parcel).toBe(null);
    // A parcel that was refused or lost is for a person to explain.
    expect(told({ ...PAID, delivery: { status: 'refused', waybills: ['20'] } })?.parcel).toBe(null);
  });

  it.each([
    ['test', { invoice: { ...PAID.invoice, isTest: true } }],
    ['contradiction', { invoice: { ...PAID.invoice, attention: ['contradiction'] } }],
    ['contradiction', { invoice: { ...PAID.invoice, attention: ['failure_after_waybill', 'contradiction'] } }],
    ['unreadable', { invoice: { ...PAID.invoice, attention: ['unreadable_field'] } }],
    ['unreadable', { invoice: { ...PAID.invoice, attention: ['not_money'] } }],
    ['amounts_disagree', { invoice: { ...PAID.invoice, attention: ['amounts_disagree'] } }],
    ['unknown_status', { invoice: { ...PAID.invoice, attention: ['unknown_status'] } }],
    ['unknown_status', { invoice: { ...PAID.invoice, status: 'unknown' } }],
    ['open_question', { invoice: { ...PAID.invoice, attention: ['a code of tomorrow'] } }],
    ['amounts_disagree', { invoice: { ...PAID.invoice, status: 'partial' }, concerns: [UNDERPAID] }],
    ['amounts_disagree', { invoice: { ...PAID.invoice, status: 'overpaid' }, concerns: [OVERPAID] }],
    [
      'hold_lapsed',
      {
        invoice: { ...PAID.invoice, status: 'on_hold' },
        concerns: [{ code: 'on_hold', lapsesAt: NOW, lapsed: true } as const],
      },
    ],
  ])('is withheld: %s', (withheld, facts) => {
    expect(customerReply({ ...PAID, ...facts }, NOW)).toEqual({ withheld, told: null });
  });

  it('is offered where only a second parcel needs a person', () => {
    expect(told({ ...PAID, invoice: { ...PAID.invoice, attention: ['failure_after_waybill'] } })?.sentence).toBe(
      'paid',
    );
  });

  it('names what is missing only where it is known, and until when only while it can be paid', () => {
    const missing = { code: 'partial', percent: 95, missing: '0.4', until: null, open: false } as const;
    const partial = ofStatus('partial', { concerns: [missing] });
    expect(told({ ...partial, expiresAt: LATER })).toMatchObject({
      sentence: 'partial',
      missing: '0.4',
      payUntil: LATER,
    });
    expect(told({ ...partial, expiresAt: NOW })?.payUntil).toBe(null);
    expect(told(ofStatus('partial', { due: null, concerns: [UNDERPAID] }))).toMatchObject({
      sentence: 'partial_unknown',
      missing: null,
    });
    expect(told(ofStatus('overpaid', { due: null, concerns: [OVERPAID] }))?.sentence).toBe('overpaid');
  });

  it.each([
    ['expected', 'cash'],
    ['collected', 'cash_collected'],
    ['received', 'paid'],
    ['refused', 'cash_refused'],
  ] as const)('tells where the cash of a parcel is: %s', (cash, sentence) => {
    expect(told({ ...PAID, method: 'cash_on_delivery', cash })?.sentence).toBe(sentence);
  });

  it('says once that a parcel was handed over', () => {
    const delivery = { status: 'received', waybills: ['20450000000011'] };
    const parcel = { sentence: 'received', waybills: ['20450000000011'] };
    expect(told({ ...PAID, delivery })?.parcel).toEqual(parcel);
    expect(told({ ...PAID, delivery, method: 'cash_on_delivery', cash: 'received' })?.parcel).toEqual(parcel);
    expect(told({ ...PAID, delivery, method: 'cash_on_delivery', cash: 'collected' })?.parcel).toBeNull();
  });

  it('promises money back only where money is known to have come, and no parcel', () => {
    const refund = { kind: 'refund', amount: '-10' } as const;
    const voided = ofStatus('voided', { transactions: [...PAID.transactions, refund] });
    expect(told(voided)).toMatchObject({ sentence: 'voided', refunded: null, parcel: null });
    expect(told(ofStatus('voided', { transactions: [] }))?.sentence).toBe('voided_unpaid');
    expect(told(ofStatus('voided', { transactions: [], method: 'cash_on_delivery' }))?.sentence).toBe('voided_cash');
  });

  it('tells what of a payment was given back', () => {
    const refunds = ['-2.50', '-0.50'].map((amount) => ({ kind: 'refund', amount }) as const);
    expect(told({ ...PAID, transactions: [...PAID.transactions, ...refunds] })).toMatchObject({
      sentence: 'paid',
      refunded: '3.00',
    });
  });
});

describe('the language of the reply', () => {
  const nova = { id: 'aaaaaaaa-0000-4000-8000-000000000000', provider: 'novapay' };
  const coins = { id: 'bbbbbbbb-0000-4000-8000-000000000000', provider: 'cryptocloud' };

  it('is Ukrainian for NovaPay and else the reader’s, until one is chosen for the project', () => {
    expect(replyLanguage('', nova, 'en')).toBe('uk');
    expect(replyLanguage('', coins, 'pt')).toBe('pt');
    const cookie = withReplyLanguage(withReplyLanguage('', coins.id, 'ru'), nova.id, 'en');
    expect([replyLanguage(cookie, coins, 'pt'), replyLanguage(cookie, nova, 'uk')]).toEqual(['ru', 'en']);
    expect(replyLanguage(withReplyLanguage(cookie, coins.id, 'uk'), coins, 'en')).toBe('uk');
  });

  it('survives a cookie that somebody wrote', () => {
    expect(replyLanguage(`${'x'.repeat(9_000)}; bbbbbbbb.xx_bbbbbbbb.en`, coins, 'pt')).toBe('pt');
    const many = Array.from({ length: 100 }, (_, index) => String(index).padStart(8, '0'));
    const cookie = many.reduce((kept, id) => withReplyLanguage(kept, id, 'en'), '');
    expect(cookie.length).toBeLessThan(300);
    expect(REPLY_LANGUAGES).toContain(replyLanguage(cookie, coins, 'uk'));
  });
});
