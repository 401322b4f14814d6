import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { median, type Row, show } from './row';
import { CONNECTIONS, PROVIDER, type Stage, sendAndCount } from './stage';

const ROUNDS = 3;
const MILLISECONDS = 3_000;
const MOST = 20_000;
const FOREIGN_SECRET = 'NOTTHESECRETOFTHEPROJECTNOTTHESECR3T';

/** Postbacks with a wrong signature a second beside genuine ones: a stranger's flood must cost less than business. */
export async function refusing(stage: Stage): Promise<Row> {
  const { generator, ours } = stage;
  const refuse = async (): Promise<number> => {
    await generator.sign({ provider: PROVIDER, secret: FOREIGN_SECRET, count: MOST });
    const order = { url: ours.url, connections: CONNECTIONS, milliseconds: MILLISECONDS, status: 401 };
    const { acknowledged, failed, milliseconds } = await generator.run(order);
    if (failed > 0) throw new Error(`${failed} refusals were not answered with 401.`);
    return (acknowledged * 1_000) / milliseconds;
  };
  const accept = async (): Promise<number> =>
    (await sendAndCount(stage, ours, { count: MOST, milliseconds: MILLISECONDS })).perSecond;
  await refuse();
  await accept();
  const pairs: (readonly [number, number])[] = [];
  while (pairs.length < ROUNDS) pairs.push([await refuse(), await accept()]);
  const middle = (side: 0 | 1): string => show(median(pairs.map((pair) => pair[side])));
  return {
    measure: 'Refusals a second ÷ acceptances',
    value: median(pairs.map(([refused, accepted]) => refused / accepted)),
    unit: '×',
    pass: { at: 'least', mark: 1.5 },
    detail: `median of ${ROUNDS} rounds; ${middle(0)} against ${middle(1)} a second`,
    sound: true,
  };
}

const BODIES = 1_000;
const WARM_UP_BODIES = 100;
const AT_ONCE = 16;
const BODY_BYTES = 10 * 1024 * 1024;
const CHUNK = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000, 'x'), Buffer.from('\r\n')]);

/** Resident memory after a thousand bodies of 10 MB, which nobody reads to their end, beside before. */
export async function hugeBodies({ ours }: Stage): Promise<Row | null> {
  if (process.platform !== 'linux') return null;
  const url = new URL(ours.url);
  await sendHuge(url, WARM_UP_BODIES);
  const before = residentMegabytes(ours.pid);
  const refused = await sendHuge(url, BODIES);
  const after = residentMegabytes(ours.pid);
  return {
    measure: `Memory after ${BODIES} bodies of 10 MB ÷ before`,
    value: after / before,
    unit: '×',
    pass: { at: 'most', mark: 1.2 },
    detail: `${show(before)} to ${show(after)} MB; ${refused} answered with 413`,
    sound: refused === BODIES,
  };
}

/** How many were answered with 413. */
async function sendHuge(url: URL, count: number): Promise<number> {
  let left = count;
  let refused = 0;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      if ((await postHuge(url)) === 413) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return refused;
}

/** Without a declared length, so that the body has to be looked at. */
function postHuge(url: URL): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(Number(url.port), '127.0.0.1');
    let status = 0;
    let sent = 0;
    const send = (): void => {
      while (sent < BODY_BYTES && !socket.destroyed) {
        sent += CHUNK.length;
        if (!socket.write(CHUNK)) return;
      }
      if (!socket.destroyed) socket.end('0\r\n\r\n');
    };
    socket
      .on('data', (data) => {
        status ||= Number(/^HTTP\/1\.1 (\d+)/.exec(data.toString('latin1'))?.[1] ?? 0);
      })
      .on('drain', send)
      .on('error', () => {})
      .on('close', () => resolve(status));
    const head = `POST ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ntransfer-encoding: chunked\r\n\r\n`;
    socket.write(head, send);
  });
}

function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}
