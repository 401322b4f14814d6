import { describe, expect, it } from 'vitest';
import { fieldRules, MASK } from '@/lib/field-rules';
import { getProvider } from '@/lib/providers';
import { type Masking, maskBody, withoutTokens } from './masked-body';

const TOKEN = `eyJ${'h'.repeat(20)}.${'c'.repeat(40)}.${'s'.repeat(43)}`;

function masked(providerId: string, sent: string, masking?: Masking): string {
  const provider = getProvider(providerId);
  const decoded = provider?.decode(new TextEncoder().encode(sent));
  if (!provider || !decoded?.ok) throw new Error('cannot be read');
  return maskBody(sent, decoded, masking ?? fieldRules(provider));
}

describe('a form body with masks', () => {
  const FORM = 'status=success&invoice_id=ABCD1234&amount_crypto=1.5&currency=BTC&order_id=A-1';

  it('shows what is understood as it was sent', () => {
    const sent = `${FORM.replace('A-1', 'A%2D1+b')}&token=${TOKEN}`;
    expect(masked('cryptocloud', sent)).toBe(sent.replace(TOKEN, MASK));
  });

  it.each([
    ['a line feed at the end', 'email=olena%40shop.example\n'],
    ['blanks around it', ' \r\n'],
    ['JSON in a value', 'extra=%7B%22email%22%3A%22olena%40shop.example%22%7D'],
    ['JSON in a value that is understood', 'order_id=%7B%22who%22%3A%22olena%22%7D'],
    ['JSON as a name', '%7B%22who%22%3A%22olena%22%7D='],
    ['JSON as a name without a value', '%7B%22who%22%3A%22olena%22%7D'],
    ['a name as a name', 'Olena+Kovalenko=1'],
    ['a phone as a name', '380671112233'],
    ['an encoded field name', '%65mail=olena'],
    ['plus and percent for blanks', 'comment=call+067%20111+22+33'],
    ['an equals sign in the value', 'comment=a=olena'],
  ])('hides customer data: %s', (_, further) => {
    const form = further.startsWith('order_id') ? FORM.replace('&order_id=A-1', '') : FORM;
    expect(masked('cryptocloud', `${form}&${further}`)).not.toMatch(/olena|671112233|067|shop/i);
  });

  it.each([
    ['as it stands', `token=${TOKEN}`],
    ['with a line feed', `token=${TOKEN}\n`],
    ['percent-encoded', `token=${TOKEN.replaceAll('.', '%2E')}`],
    ['every character encoded', `token=${TOKEN.replace(/./g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`],
    ['the name encoded', `%74oken=${TOKEN}`],
    ['opaque', 'token=not-a-jwt'],
    ['under another name', `other=b%27${TOKEN.replaceAll('.', '%2E')}%27`],
    ['as a name', `${TOKEN.replaceAll('.', '%2E')}=1`],
    ['in JSON', `x=%7B%22token%22%3A%22${TOKEN.replaceAll('.', '%2E')}%22%7D`],
  ])('hides the token, from an owner too: %s', (_, pair) => {
    for (const masking of ['token', undefined] as const) {
      const shown = masked('cryptocloud', `${FORM}&${pair}`, masking);
      expect(decodeURIComponent(shown)).not.toMatch(/ccc|not-a-jwt/);
      expect(shown).toContain('order_id=A-1');
    }
  });

  it('hides the first of the pairs behind a byte order mark', () => {
    expect(masked('cryptocloud', `\ufefftoken=${TOKEN}&${FORM}`, 'token')).toBe(`\ufefftoken=${MASK}&${FORM}`);
  });

  it('shows an owner everything else as it was sent', () => {
    const sent = `${FORM}&email=olena%40shop.example&Olena+K=%7B%7D\n`;
    expect(masked('cryptocloud', sent, 'token')).toBe(sent);
  });
});

describe('a JSON body with masks', () => {
  it('masks by place, not by what stands elsewhere, and keeps the rest as it was sent', () => {
    const sent =
      '{"status":"paid", "metadata":{"state":"paid","n":1.50e-05,"utm_source":"x","ok":null},"id":"a\\u0062"}';
    expect(masked('novapay', sent)).toBe(
      `{"status":"paid", "metadata":{"state":"${MASK}","n":"${MASK}","utm_source":"x","ok":null},"id":"a\\u0062"}`,
    );
  });

  it.each([
    '{"status":"paid","metadata":{"Olena":true}}',
    '{"status":"paid","metadata":{"\\u004flena Kovalenko":"x","list":[[{"o":"olena"}],671112233]}}',
    '{"status":"paid","client_phone":671112233,"delivery":{"recipient_first_name":["Olena"]}}',
    '{"status":"paid","metadata":"{\\"who\\":\\"olena\\"}"}',
    '{"status":"paid","metadata":{"2":"x","1":"olena","parts":[67,1112233]}}',
    '{"__proto__":{"who":"671112233","Olena":1},"status":"paid"}',
  ])('hides customer data: %s', (sent) => {
    const shown = masked('novapay', sent);
    expect(shown).not.toMatch(/olena"|671112233|Kovalenko|1112233/i);
    expect(() => JSON.parse(shown)).not.toThrow();
  });

  it('hides the token, from an owner too, wherever it stands', () => {
    const escaped = TOKEN.replace('.', '\\u002e');
    const sent = `{"token":"opaque","invoice_info":{"token":"${escaped}","x":"b'${escaped}'"},"${escaped}":1,"status":"paid"}`;
    for (const masking of ['token', undefined] as const)
      expect(masked('cryptocloud', sent, masking)).not.toMatch(/ccc|opaque/);
  });

  it('is through with the deepest and the longest body', () => {
    const deep = `{"a":${'['.repeat(60)}"olena"${']'.repeat(60)},"b":[${'"x",'.repeat(50_000)}"olena"]}`;
    expect(masked('novapay', deep)).not.toContain('olena');
  });
});

describe('withoutTokens', () => {
  const token = `${'h'.repeat(20)}.${'c'.repeat(40)}.${'s'.repeat(43)}`;

  it.each([
    [`token=${token}&x=1`, `token=${MASK}&x=1`],
    [`token=${token.replaceAll('.', '%2e')}&x=1`, `token=${MASK}&x=1`],
    [`b'${token}'`, `b'${MASK}'`],
    ['broken eyJhbGciOi', `broken ${MASK}`],
    ['order 1.2.3 of shop.example.com', 'order 1.2.3 of shop.example.com'],
  ])('%j', (text, shown) => {
    expect(withoutTokens(text)).toBe(shown);
  });

  it.each(['a', '%2e', '%61', 'a.', 'eyJ', '%65'])(
    'is through with one long word of %j, in which a token could begin anywhere',
    (part) => {
      const text = part.repeat(128 * 1024);
      expect(withoutTokens(text).length).toBeLessThanOrEqual(text.length);
    },
  );
});
