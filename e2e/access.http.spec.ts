import { readFileSync } from 'node:fs';
import { expect, request, test } from '@playwright/test';
import pg from 'pg';
import { TEST_SCOPE } from '../scripts/test-scope';
import { useUpQuotas, wrongSearches } from './access/customer-search';
import { FOREIGN, FORMS, type Form, type Origin } from './access/forms';
import { MORE_PATHS, QUERY_STRINGS } from './access/query-strings';
import { wrongRefusals } from './access/refused-early';
import { METADATA, sendForms, wronglyShown } from './access/shown-texts';
import {
  ACTIONS,
  type Mark,
  MEMBERS,
  type Member,
  OPEN_ROUTES,
  ROUTES,
  type Route,
  SHOWN_TEXTS,
  type Who,
} from './access/table';
import { type PostgresDeployment, postgres, type Shop, seed } from './deployment';
import { newSession } from './desk';
import { type Answered, send } from './http';
import { type Server, startServer } from './server';
import { sampleOf, signed } from './signed';

const ORDER = 'ORDER-OF-MINE-4711';
const MARKS: Readonly<Record<Mark, string>> = {
  order: ORDER,
  project: 'Project of mine',
  member: MEMBERS.disabled.email,
  act: 'What the owner called it',
  form: 'name="provider"',
  zone: 'name="timeZone"',
  invitation: 'name="role"',
  account: 'factorPassword',
  erasing: 'Their name, phone, e-mail and address go',
};
const MEMBER_COUNT = Object.keys(MEMBERS).length;
const EVERY: readonly Who[] = ['stranger', ...(Object.keys(MEMBERS) as Member[])];

let deployment: PostgresDeployment;
let server: Server;
let database: pg.Client;
const cookies = new Map<Who, string>();
const ids: Record<string, string> = { order: ORDER };

test.beforeAll(async () => {
  test.setTimeout(180_000);
  deployment = await postgres({ fsync: false });
  const projects = [
    { provider: 'novapay', name: MARKS.project },
    { provider: 'novapay', name: 'Another' },
    { provider: 'cryptocloud', name: 'Coins' },
  ];
  const [mine, , coins] = await seed(deployment.settings, projects, Object.values(MEMBERS));
  server = await startServer(deployment.settings);
  database = new pg.Client({ connectionString: deployment.url });
  await database.connect();
  await arrive(mine as Shop);
  Object.assign(ids, await sendForms(server.port, coins as Shop, database));
  cookies.set('stranger', '');
  for (const who of Object.keys(MEMBERS) as Member[]) cookies.set(who, await sessionOf(who));
  await database.query(
    `insert into audit_log (staff_id, project_id, action, object)
     select id, $1::uuid, 'project.rename', $2 from staff where email = $3`,
    [ids.project, MARKS.act, MEMBERS.owner.email],
  );
  await database.query(`update staff set role = 'support' where email = $1`, [MEMBERS.lowered.email]);
  await database.query('update staff set disabled_at = now() where email = $1', [MEMBERS.disabled.email]);
});

test.afterAll(async () => {
  await database.end();
  await server.stop();
  await deployment.remove();
});

/** A waybill that failed, so that the order stands on every list and on the overview. */
async function arrive(shop: Shop): Promise<void> {
  const fields = { ...sampleOf(shop, 'waybill-failed'), external_id: ORDER, metadata: METADATA };
  const answer = await send(server.port, await signed(shop, fields));
  expect(answer.status).toBe(200);
  ids.project = shop.id;
  for (const [name, query] of [
    ['invoice', 'select id::text as id from invoices'],
    ['postback', 'select id::text as id from postbacks'],
    ['member', `select id::text as id from staff where email = '${MEMBERS.disabled.email}'`],
  ] as const) {
    const { rows } = await database.query<{ id: string }>(query);
    ids[name] = rows[0]?.id ?? '';
  }
}

async function sessionOf(who: Member): Promise<string> {
  const context = await request.newContext();
  const cookie = await newSession(context, server, MEMBERS[who]);
  await context.dispose();
  return cookie;
}

function pathOf(path: string): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '');
}

function ask(form: Form, path: string, who: Who): Promise<Answered> {
  return send(server.port, form.ask(pathOf(path), cookies.get(who) ?? ''));
}

test('every route of the build is in the table', () => {
  const built: Record<string, string> = JSON.parse(readFileSync('.next/app-path-routes-manifest.json', 'utf8'));
  const known = [...ROUTES.map(({ route }) => route), ...OPEN_ROUTES];
  expect([...new Set(Object.values(built))].sort()).toEqual([...new Set(known)].sort());
});

/** As Next writes into a page that a part of it failed; redirects and pages that are not found have words instead. */
const FAILED_PART = /digest\\?":\\?"\d|data-dgst="\d/;

test('no query string makes a page or a file fail', async () => {
  test.setTimeout(900_000);
  const paths = [...new Set([...ROUTES.map(({ path }) => pathOf(path)), ...MORE_PATHS])];
  const wrong: string[] = [];
  for (const [turn, path] of paths.entries()) {
    // Before a release each path with each of them, else one of twelve, the others in turn.
    const queries = QUERY_STRINGS.filter((_, index) => TEST_SCOPE === 'all' || (index + turn) % 12 === 0);
    for (const query of queries) {
      const whole = `${path}${path.includes('?') ? '&' : '?'}${query}`;
      const answer = await send(server.port, {
        method: 'GET',
        path: whole,
        headers: { cookie: cookies.get('owner') ?? '' },
      });
      if (answer.status >= 500 || FAILED_PART.test(answer.text)) wrong.push(`${answer.status} ${whole.slice(0, 200)}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('next-auth draws no page of its own', async () => {
  for (const who of ['stranger', 'owner'] as const) {
    for (const [path, ours] of [
      ['signin', '/sign-in'],
      ['signin/credentials', '/sign-in'],
      ['signout', '/sign-out'],
      ['error', '/sign-in'],
      ['verify-request', '/sign-in'],
    ]) {
      const headers = { cookie: cookies.get(who) ?? '' };
      const answer = await send(server.port, {
        method: 'GET',
        path: `/api/auth/${path}?callbackUrl=//evil.example`,
        headers,
      });
      expect([path, answer.status, answer.text]).toEqual([path, 302, '']);
      const { pathname, hostname } = new URL(answer.headers.location ?? '', `http://127.0.0.1:${server.port}`);
      expect([path, pathname, hostname === 'evil.example']).toEqual([path, ours, false]);
    }
  }
});

test('what nothing of ours answers is refused before it is an error', async () => {
  const cookie = cookies.get('owner') ?? '';
  const ask = (method: string, path: string) => send(server.port, { method, path, headers: { cookie } });
  expect(await wrongRefusals(ask)).toEqual([]);
});

test('every action of the build is in the table', () => {
  expect([...actionIds().keys()].sort()).toEqual(ACTIONS.map(({ action }) => action).sort());
});

/** Wrong role 403, signed out 401 or the sign-in page, another project's 404; other spellings may be nothing at all. */
const REFUSALS = [200, 204, 303, 307, 308, 400, 401, 403, 404, 405];

function refused(who: Who, { route, mark }: Route, form: Form, answer: Answered): string | null {
  const what = `${who}: ${form.name} ${route}`;
  if (answer.text.includes(MARKS[mark])) return `${what} gives away the ${mark}`;
  if (!REFUSALS.includes(answer.status)) return `${what} answers ${answer.status}`;
  return null;
}

/**
 * A stranger asks in every form; a member in the plain ones and, of the others, in one of seven for each route, so that
 * seven members have asked for each route in each form. All ask in all of them before a release.
 */
function formsFor(who: Who, route: number): readonly Form[] {
  if (TEST_SCOPE === 'all' || who === 'stranger') return FORMS;
  const turn = EVERY.indexOf(who) + route;
  return FORMS.filter(({ shows }, index) => shows || (index + turn) % MEMBER_COUNT === 0);
}

for (const who of EVERY) {
  const count = ROUTES.reduce((sum, _, route) => sum + formsFor(who, route).length, 0);
  test(`${who}: ${count} requests to ${ROUTES.length} routes in ${FORMS.length} forms`, async () => {
    test.setTimeout(120_000);
    const wrong: (string | null)[] = [];
    for (const [index, row] of ROUTES.entries()) {
      const may = row.who.includes(who);
      for (const form of formsFor(who, index)) {
        const answer = await ask(form, row.path, who);
        if (!may) wrong.push(refused(who, row, form, answer));
        else if (form.shows && !(answer.status === 200 && answer.text.includes(MARKS[row.mark])))
          wrong.push(`${who}: ${form.name} ${row.route} does not show the ${row.mark} (${answer.status})`);
        else if (answer.status >= 500 && form.name !== 'encoded')
          wrong.push(`${who}: ${form.name} ${row.route} answers ${answer.status}`);
      }
    }
    expect(wrong.filter(Boolean)).toEqual([]);
  });
}

test('a page for another role is a 403, of another project a 404, and a stranger is asked to sign in', async () => {
  const [html] = FORMS as [Form];
  for (const { route, path, who, ownOnly } of ROUTES.filter(({ route }) => !route.startsWith('/api/'))) {
    const stranger = await ask(html, path, 'stranger');
    expect([route, stranger.status, String(stranger.headers.location).split('?')[0]]).toEqual([route, 307, '/sign-in']);
    const disabled = await ask(html, path, 'disabled');
    expect([route, disabled.status]).toEqual([route, 307]);
    for (const other of ['support', 'accountant', 'manager'] as const) {
      if (!who.includes(other) && !ownOnly)
        expect([route, other, (await ask(html, path, other)).status]).toEqual([route, other, 403]);
    }
    // A manager of another project: the right is there, the project is not.
    if (who.includes('manager') && /\{(?:invoice|postback|project)\}/.test(path))
      expect([route, (await ask(html, path, 'elsewhere')).status]).toEqual([route, 404]);
  }
});

test(`each role sees of a postback what is in the table: ${SHOWN_TEXTS.length} texts`, async () => {
  expect(await wronglyShown(EVERY, (form, path, who) => ask(form, path, who))).toEqual([]);
});

test('a search for a customer has the quota of the table, however it is asked', async () => {
  await useUpQuotas(database);
  const [html] = FORMS as [Form];
  expect(await wrongSearches((path, who) => ask(html, path, who), ORDER)).toEqual([]);
});

interface ServerActions {
  readonly node: Readonly<Record<string, { readonly exportedName: string; readonly filename: string }>>;
}

/** Ids by file and name; bound ones are the same action. */
function actionIds(): ReadonlyMap<string, string> {
  const { node }: ServerActions = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8'));
  return new Map(Object.entries(node).map(([id, { filename, exportedName }]) => [`${filename} ${exportedName}`, id]));
}

/** As the requests of this test name us. */
function own(): string {
  return `http://127.0.0.1:${server.port}`;
}

function call(action: string, path: string, who: Who, headers: Readonly<Record<string, string>>): Promise<Answered> {
  return send(server.port, {
    method: 'POST',
    path: pathOf(path),
    headers: {
      ...headers,
      'next-action': actionIds().get(action) ?? '',
      'content-type': 'text/plain;charset=UTF-8',
      cookie: cookies.get(who) ?? '',
    },
    body: '[]',
  });
}

/** An action that refused: not for this role, or sign in first. */
function isRefusal({ status, headers }: Answered): boolean {
  return [401, 403].includes(status) || String(headers['x-action-redirect'] ?? headers.location).startsWith('/sign-in');
}

/** An owner, who has every right, calls from each; the others in turn from one. */
function originsFor(who: Who, action: number): readonly Origin[] {
  if (TEST_SCOPE === 'all' || who === 'owner') return FOREIGN;
  return FOREIGN.filter((_, index) => index === (EVERY.indexOf(who) + action) % FOREIGN.length);
}

test('no action obeys another site', async () => {
  test.setTimeout(180_000);
  const obeyed: string[] = [];
  for (const who of EVERY)
    for (const [index, { action, path }] of ACTIONS.entries())
      for (const origin of originsFor(who, index)) {
        const answer = await call(action, path, who, origin.headers(own()));
        if (!isRefusal(answer) && answer.status !== 500)
          obeyed.push(`${who}: ${action} from ${origin.name}, ${answer.status}`);
      }
  expect(obeyed).toEqual([]);
});

test(`actions obey whose they are and nobody else: ${EVERY.length * ACTIONS.length} calls`, async () => {
  const wrong: string[] = [];
  for (const { action, path, who } of ACTIONS) {
    if (who === 'anybody') continue;
    for (const one of EVERY) {
      const answer = await call(action, path, one, { origin: own(), 'sec-fetch-site': 'same-origin' });
      // Called without its arguments, whoever may is told so in some way, and nothing happens.
      if (isRefusal(answer) === who.includes(one)) wrong.push(`${one}: ${action}, ${answer.status}`);
    }
  }
  expect(wrong).toEqual([]);
});
