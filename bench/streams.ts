import { type ClientRequest, get } from 'node:http';
import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumFlags, obtainChromium } from '../scripts/chromium';
import { operate, SECRET } from './receivers';
import { median, percentile, type Row, show } from './row';
import { signIn } from './sign-in';
import { CONNECTIONS, PROVIDER, type Stage, sendAndCount } from './stage';

const STREAMS = 200;
const ROUNDS = 3;
const MILLISECONDS = 3_000;
const MOST = 20_000;
const SEEN = 40;
const OWNER = { email: 'owner@bench.example', password: 'a long password of the owner' };

/** What two hundred open screens cost the receiver, and how long a row takes to each of them. */
export async function streams(stage: Stage): Promise<readonly Row[]> {
  const { ours } = stage;
  const add = ['staff', 'add', '--email', OWNER.email, '--name', 'Owner', '--role', 'owner', '--password-stdin'];
  await operate(ours.env, add, OWNER.password);
  const address = new URL(ours.url).origin;
  const cookie = await signIn(address, OWNER.email, OWNER.password);
  const accept = async (): Promise<number> =>
    (await sendAndCount(stage, ours, { count: MOST, milliseconds: MILLISECONDS })).perSecond;
  await accept();
  const pairs: (readonly [number, number])[] = [];
  while (pairs.length < ROUNDS) {
    const open = await openStreams(address, cookie);
    const watched = await accept();
    for (const stream of open) stream.destroy();
    pairs.push([watched, await accept()]);
  }
  const open = await openStreams(address, cookie);
  const times = await timesToScreen(stage, address, cookie);
  for (const stream of open) stream.destroy();
  return [toScreen(times), beside(pairs)];
}

function openStreams(address: string, cookie: string): Promise<readonly ClientRequest[]> {
  const one = (): Promise<ClientRequest> =>
    new Promise((resolve, reject) => {
      const request = get(`${address}/api/live`, { agent: false, headers: { cookie } }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`A stream was answered with ${response.statusCode}.`));
        response.resume().on('error', () => {});
        resolve(request);
      });
      request.on('error', reject);
    });
  return Promise.all(Array.from({ length: STREAMS }, one));
}

/** From sending a postback to the change in the table of a real browser, in milliseconds. */
async function timesToScreen(stage: Stage, address: string, cookie: string): Promise<readonly number[]> {
  const executablePath = await obtainChromium((line) => process.stderr.write(`${line}\n`));
  const browser = await chromium.launch({ executablePath, args: chromiumFlags() });
  try {
    const page = await openList(browser, address, cookie);
    const times: number[] = [];
    for (let nth = 0; nth < SEEN; nth += 1) {
      await stage.generator.sign({ provider: PROVIDER, secret: SECRET, count: 1 });
      const changed = page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            new MutationObserver((_, observer) => {
              observer.disconnect();
              resolve(Date.now());
            }).observe(document.querySelector('tbody') ?? document.body, { childList: true });
          }),
      );
      const sent = Date.now();
      await stage.generator.run({ url: stage.ours.url, connections: 1, milliseconds: 10_000 });
      times.push((await changed) - sent);
    }
    return times.sort((a, b) => a - b);
  } finally {
    await browser.close();
  }
}

async function openList(browser: Browser, address: string, cookie: string): Promise<Page> {
  const page = await browser.newPage();
  const cookies = cookie.split('; ').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return { name, value: value.join('='), url: address };
  });
  await page.context().addCookies(cookies);
  await page.goto(`${address}/invoices`);
  await page.locator('[data-live="live"]').first().waitFor({ state: 'attached' });
  return page;
}

function toScreen(times: readonly number[]): Row {
  return {
    measure: `Postback sent to its row on screen with ${STREAMS} open streams, p95`,
    value: percentile(times, 95),
    unit: 'ms',
    pass: { at: 'most', mark: 1_000 },
    detail: `p50 ${show(percentile(times, 50))} ms of ${times.length}`,
    sound: times.length === SEEN,
  };
}

function beside(pairs: readonly (readonly [number, number])[]): Row {
  const middle = (side: 0 | 1): string => show(median(pairs.map((pair) => pair[side])));
  return {
    measure: `Postbacks a second with ${STREAMS} open streams ÷ with none`,
    value: median(pairs.map(([watched, alone]) => watched / alone)),
    unit: '×',
    pass: { at: 'least', mark: 0.9 },
    detail: `median of ${ROUNDS} rounds, ${CONNECTIONS} connections; ${middle(0)} against ${middle(1)} a second`,
    sound: true,
  };
}
