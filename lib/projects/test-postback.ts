import { recordAct } from '@/lib/audit/record';
import { databaseFor } from '@/lib/db/client';
import { log } from '@/lib/log/log';
import { getProvider } from '@/lib/providers';
import type { Provider, SignedPostback } from '@/lib/providers/provider';
import type { Access } from '@/lib/staff/access';
import { notificationPath } from './create';
import { ownAddress } from './own-address';
import { openSecret, SECRET_COLUMNS, type SecretRow } from './secrets';

export type TestResult =
  | { readonly sent: true; readonly status: number; readonly answer: string; readonly invoiceId: string | null }
  | { readonly sent: false; readonly reason: 'no_project' | 'no_sample' | 'no_address' | 'unreachable' };

const TIMEOUT_MS = 15_000;

interface Row extends SecretRow {
  readonly provider: string;
  readonly key: string;
}

const TEST_SECRET = {
  name: 'test_project_secret',
  text: `select p.provider, p.key, ${SECRET_COLUMNS}
    from projects p join project_secrets s on s.project_id = p.id and s.signer = 'test'
    where p.id = $1::uuid and (s.ends_at is null or s.ends_at > now())
    order by s.created_at desc limit 1`,
};

/** What the last test postback became. */
const LATEST_TEST = {
  name: 'latest_test_invoice',
  text: `select invoice_id::text as id from postbacks
    where project_id = $1::uuid and signer = 'test' order by received_at desc, id desc limit 1`,
};

/**
 * Signs as the provider would, with the project's own test credential, and sends it over HTTP to this server:
 * what comes back proves the whole way, not a short cut through it.
 */
export async function sendTestPostback(access: Access, projectId: string, sampleName: string): Promise<TestResult> {
  const database = await databaseFor(access);
  const [row] = await database.run<Row>(TEST_SECRET, [projectId]);
  const provider = row && getProvider(row.provider);
  const key = row && openSecret(row).sign;
  if (!row || !provider || !key) return { sent: false, reason: 'no_project' };
  const origin = ownAddress();
  if (origin === null) return { sent: false, reason: 'no_address' };
  const signed = await signSample(provider, sampleName, key);
  if (!signed) return { sent: false, reason: 'no_sample' };
  const answer = await post(`${origin}${notificationPath(row.key)}`, signed);
  if (!answer) return { sent: false, reason: 'unreachable' };
  await recordAct(access, {
    action: 'postback.test',
    projectId,
    object: sampleName,
    detail: { status: answer.status },
  });
  const [latest] = answer.status === 200 ? await database.run<{ id: string | null }>(LATEST_TEST, [projectId]) : [];
  return { sent: true, ...answer, invoiceId: latest?.id ?? null };
}

async function signSample(provider: Provider, name: string, key: string): Promise<SignedPostback | null> {
  const sample = provider.samples.find((one) => one.name === name);
  if (!sample) return null;
  const now = new Date();
  return provider.sign(sample.build(now), key, { now });
}

/** Null when nobody answered. */
async function post(
  url: string,
  { body, headers }: SignedPostback,
): Promise<{ status: number; answer: string } | null> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      cache: 'no-store',
      signal: timeout,
    });
    return { status: response.status, answer: (await response.text()).slice(0, 500) };
  } catch (error) {
    log('warn', 'A test postback did not reach this server', { error });
    return null;
  }
}
