import { expect } from '@playwright/test';
import type pg from 'pg';
import type { Shop } from '../deployment';
import { type Answered, send } from '../http';
import { bodyText, sampleOf, signed } from '../signed';
import { FORMS, type Form } from './forms';
import { SENT, SHOWN_TEXTS, type Who } from './table';

/** The texts of the JSON body. */
export const METADATA = {
  utm_campaign: SENT.harmless,
  utm_content: SENT.contact,
  attempts: SENT.short,
  fullname: SENT.masked,
  [SENT.key]: '1',
};

/** Sends form bodies with everything that once slipped past a mask: one is taken, one is refused. Their ids. */
export async function sendForms(port: number, shop: Shop, database: pg.Client): Promise<Record<string, string>> {
  const post = async (order: string, email: string, key: string): Promise<number> => {
    const flat = { ...sampleOf(shop, 'paid'), invoice_info: null, order_id: order };
    const request = await signed(shop, flat, { format: 'form', key });
    const json = encodeURIComponent(JSON.stringify({ who: SENT.formJson }));
    const further = `email=${email}%40shop.example&${SENT.formKey}=1&extra=${json}\n`;
    return (await send(port, { ...request, body: `${bodyText(request)}&${further}` })).status;
  };
  expect(await post(SENT.formOrder, SENT.formEmail, shop.key)).toBe(200);
  expect(await post(SENT.refusedOrder, SENT.refusedEmail, `${shop.key}x`)).toBe(401);
  const { rows } = await database.query<{ id: string; outcome: string }>(
    'select id::text as id, outcome from postbacks where project_id = $1::uuid',
    [shop.id],
  );
  return Object.fromEntries(rows.map(({ id, outcome }) => [outcome === 'refused' ? 'refused' : 'form', id]));
}

/** A token is shown to nobody, in whatever form the body came. */
const TOKEN = /eyJ[\w-]{10,}/;

/** In the forms in which a member is shown a page, and as React asks for it. */
export async function wronglyShown(
  everybody: readonly Who[],
  ask: (form: Form, path: string, who: Who) => Promise<Answered>,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  const forms = FORMS.filter(({ shows, name }) => shows || name === 'RSC');
  const paths = new Set(SHOWN_TEXTS.map((row) => row.path));
  for (const who of everybody)
    for (const path of paths)
      for (const form of forms) {
        const { text } = await ask(form, path, who);
        if (TOKEN.test(text)) wrong.push(`${who} sees a token at ${path} (${form.name})`);
        wrong.push(...wrongTexts(text, path, who, form));
      }
  return wrong;
}

function wrongTexts(text: string, path: string, who: Who, form: Form): readonly string[] {
  return SHOWN_TEXTS.filter((row) => row.path === path).flatMap((row) => {
    const [sees, may] = [text.includes(row.text), row.who.includes(who)];
    if (sees === may || (!sees && !form.shows)) return [];
    return [`${who} ${sees ? 'sees' : 'does not see'} ${row.what} (${form.name})`];
  });
}
