import { getDatabase, type Statement } from '@/lib/db/client';
import { HOLDS_EVERY_LETTER } from '@/lib/db/unfit';
import { log } from '@/lib/log/log';

const LIMIT_MS = 3_000;
/** Of the receiver's connections: busy screens are no reason to be taken for ill and started anew. */
const PING: Statement = { name: 'health', text: `select ${HOLDS_EVERY_LETTER} as fit`, budget: 'postbacks' };

export const dynamic = 'force-dynamic';

/** Says nothing else to strangers. */
export async function GET(): Promise<Response> {
  const healthy = await Promise.race([asked(), after(LIMIT_MS)]);
  const status = healthy ? 200 : 503;
  return Response.json(
    { status: healthy ? 'ok' : 'unavailable' },
    { status, headers: { 'cache-control': 'no-store' } },
  );
}

let asking: Promise<boolean> | null = null;

/** One question at a time, whoever asks: strangers must not take the connections that postbacks need. */
function asked(): Promise<boolean> {
  asking ??= answers().finally(() => {
    asking = null;
  });
  return asking;
}

async function answers(): Promise<boolean> {
  try {
    const database = await getDatabase();
    const [row] = await database.run<{ fit: boolean }>(PING, []);
    // A start refuses it; on Vercel, where nothing starts, this is where it shows.
    if (!row?.fit) log('error', 'The encoding of the database must be UTF8');
    return row?.fit === true;
  } catch (error) {
    log('warn', 'The database does not answer', { error });
    return false;
  }
}

function after(milliseconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), milliseconds).unref();
  });
}
