import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findFailure, foldMessage, KNOWN_FAILURES } from './catalogue';
import { PLACES } from './failure';

const SAMPLES = {
  'Warehouse with this Ref is not exist': 'warehouse_unknown',
  'Empty RecipientAddressName or ServiceType should be to Doors': 'warehouse_missing',
  'Counterparty creation problem. RecipientName incorrect': 'recipient_name_incorrect',
  'Recipient counterparty person creation problem.': 'recipient_not_created',
  'RecipientsPhone invalid format': 'recipient_phone_format',
  'AfterpaymentOnGoodsCost is unavailable': 'cash_on_delivery_unavailable',
} as const;

const sentence = z.string().trim().min(1);
const words = z.object({
  waybills: z.object({
    place: z.record(z.string(), sentence),
    reason: z.record(z.string(), z.object({ cause: sentence, todo: sentence })),
  }),
});

function wordsOf(language: string) {
  const text = readFileSync(new URL(`../../../messages/${language}/waybills.json`, import.meta.url), 'utf8');
  return words.parse(JSON.parse(text)).waybills;
}

describe('the catalogue of failures', () => {
  it.each(Object.entries(SAMPLES))('knows the sample “%s”', (text, code) => {
    expect(findFailure(text)?.code).toBe(code);
  });

  it('knows at least twenty reasons beyond the samples', () => {
    const beyond = KNOWN_FAILURES.filter(({ messages }) => !messages.some(([, text]) => text in SAMPLES));
    expect(beyond.length).toBeGreaterThanOrEqual(20);
  });

  it('has a source for every entry, and one code for each', () => {
    for (const { code, messages, sources } of KNOWN_FAILURES) {
      expect(messages.length, code).toBeGreaterThan(0);
      expect(sources.length, code).toBeGreaterThan(0);
      for (const source of sources) expect(source, code).toMatch(/^(https:\/\/\S+|NovaPay .+)$/);
    }
    expect(new Set(KNOWN_FAILURES.map(({ code }) => code)).size).toBe(KNOWN_FAILURES.length);
  });

  it('gives each message to one entry alone, by text, number and pattern', () => {
    const texts = KNOWN_FAILURES.flatMap(({ messages }) => messages.map(([, text]) => foldMessage(text)));
    const numbers = KNOWN_FAILURES.flatMap(({ messages }) => messages.flatMap(([number]) => number ?? []));
    expect(texts).toHaveLength(new Set(texts).size);
    expect(numbers).toHaveLength(new Set(numbers).size);
    for (const entry of KNOWN_FAILURES) {
      const others = KNOWN_FAILURES.filter((other) => other !== entry);
      for (const [number, text] of entry.messages) {
        expect(findFailure(text), text).toBe(entry);
        if (number) expect(findFailure(number), number).toBe(entry);
        expect(
          others.filter(({ pattern }) => pattern?.test(foldMessage(text))),
          text,
        ).toEqual([]);
      }
    }
  });

  it('overlooks letter case, blanks and a full stop', () => {
    expect(findFailure('  recipientsphone\n INVALID  format. ')?.code).toBe('recipient_phone_format');
    expect(findFailure('Warehouse place max allowed weight: 45')?.code).toBe('weight_too_high');
  });

  it.each([
    '',
    'constructor',
    'Послуга тимчасово недоступна',
    'Not RecipientsPhone invalid format',
    'RecipientsPhone invalid format; DROP TABLE',
    'x'.repeat(100_000),
  ])('leaves what it does not know unexplained: %.30s', (text) => {
    expect(findFailure(text)).toBe(null);
  });

  it.each(['en', 'uk', 'pt'])('has words for every entry and place, and none beside them, in %s', (language) => {
    const { place, reason } = wordsOf(language);
    expect(Object.keys(reason).sort()).toEqual(KNOWN_FAILURES.map(({ code }) => code).sort());
    expect(Object.keys(place).sort()).toEqual(Object.keys(PLACES).sort());
  });
});
