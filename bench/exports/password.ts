import { type ExportingProduct, OWNER } from './product';

/** Enters the password again as the page's form does where there is no script; the cookies with what that gives. */
export async function withPassword({ address, cookie }: ExportingProduct): Promise<string> {
  const url = `${address}/exports?view=invoices&people=include&from=2001-01-01&to=2001-01-02`;
  const page = await (await fetch(url, { headers: { cookie } })).text();
  const form = /<form(?:(?!<\/form>).)*name="password".*?<\/form>/s.exec(page)?.[0] ?? '';
  const fields = new FormData();
  for (const [input] of form.matchAll(/<input type="hidden"[^>]*>/g)) {
    const attribute = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(input)?.[1] ?? '';
    fields.set(attribute('name'), attribute('value').replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
  }
  fields.set('password', OWNER.password);
  const answered = await fetch(url, {
    method: 'POST',
    headers: { cookie, origin: address, 'sec-fetch-site': 'same-origin' },
    body: fields,
    redirect: 'manual',
  });
  const given = answered.headers.getSetCookie().map((line) => line.split(';')[0]);
  if (given.length === 0) throw new Error(`The password was not taken: ${answered.status}.`);
  return [cookie, ...given].join('; ');
}
