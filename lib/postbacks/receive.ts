import { canonicalContent } from '@/lib/body';
import { readBody } from '@/lib/body-limit';
import { identity, keyedDigest, sha256Hex, timedUuid } from '@/lib/crypto';
import { fieldsAhead } from '@/lib/fold/ahead';
import { announce } from '@/lib/live';
import { findProjectByKey, type KeyedProject } from '@/lib/projects/find';
import { getProvider } from '@/lib/providers';
import { type Claim, claimOf } from '@/lib/providers/claim';
import type { Decoded, Event, Fields, Flag, HeaderReader, Provider, Verdict } from '@/lib/providers/provider';
import { clientAddress } from '@/lib/staff/client-address';
import { toInstant } from '@/lib/time';
import { readNotificationUrl } from './notification-url';
import { ANSWERS, type Answer, incompleteAnswer, refusedAnswer, unreadableAnswer, unsupportedAnswer } from './outcome';
import { record } from './record';
import { count, recordIncomplete, recordRefused } from './refused';
import { MAX_POSTBACK_BYTES, MAX_UNVERIFIED_BYTES, type PostbackRequest, requestToStore } from './request';
import { type PostbackTrace, withTelemetry } from './telemetry';
import { unsupportedReason } from './unsupported';
import type { ReceivedPostback, VerifiedPostback } from './verified-postback';

export interface ReceiveOptions {
  /** The clock; the demo's history is received in the past. */
  readonly now?: Date;
  /** How long the sender waits at most for a database that does not answer. */
  readonly limitMs?: number;
}

/** Answers well within the 8 s after which senders give up. */
const LIMIT_MS = 6_500;

export type Authentic = Extract<Verdict, { authentic: true }>;
type Readable = Extract<Decoded, { ok: true }>;

/** The HTTP adapter inside Next, and for every other framework that speaks `Request`. */
export async function receive(request: Request, options: ReceiveOptions = {}): Promise<Response> {
  const { method, url, headers } = request;
  const {
    status,
    body,
    headers: more,
  } = await answerTo(
    {
      method,
      key: readNotificationUrl(url)?.key ?? null,
      headers,
      senderAddress: clientAddress(headers),
      read: () => readBody(request, MAX_POSTBACK_BYTES),
    },
    options,
  );
  return Response.json(body, { status, headers: { 'cache-control': 'no-store', ...more } });
}

/** One request to a notification URL, from its bytes to its answer, which comes only after the write is durable. */
export function answerTo(request: PostbackRequest, options: ReceiveOptions = {}): Promise<Answer> {
  return withTelemetry((trace) => {
    const answered = answer(request, options.now ?? new Date(), trace).catch((error: unknown) => {
      trace.failure = error;
      return ANSWERS.unavailable;
    });
    return within(options.limitMs ?? LIMIT_MS, answered);
  });
}

/** The answer, or 503 when it takes too long; a write that ends later all the same is found by the next try. */
async function within(limitMs: number, answered: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Answer>((resolve) => {
    timer = setTimeout(() => resolve(ANSWERS.unavailable), limitMs);
  });
  try {
    return await Promise.race([answered, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function answer(request: PostbackRequest, now: Date, trace: PostbackTrace): Promise<Answer> {
  const { method, headers, key } = request;
  if (method !== 'POST') return counted(request, method === 'GET' ? 'get' : null, now, ANSWERS.wrong_method);
  const declared = Number(headers.get('content-length') ?? 0);
  const bytes = declared > MAX_POSTBACK_BYTES ? 'too_large' : await request.read();
  if (bytes === 'too_large') return counted(request, 'too_large', now, ANSWERS.too_large);
  const project = key === null ? null : await findProjectByKey(key, now);
  const provider = project && getProvider(project.provider);
  if (!project || !provider) return ANSWERS.unknown_key;
  trace.provider = project.provider;
  trace.projectId = project.id;

  const arrival: ReceivedPostback = {
    id: timedUuid(now),
    projectId: project.id,
    receivedAt: toInstant(now),
    bytes,
    contentType: headerText(headers, 'content-type'),
    userAgent: headerText(headers, 'user-agent'),
    request: requestToStore(request, provider),
  };
  trace.requestId = arrival.id;
  const unsupported = unsupportedReason(headers, bytes);
  if (unsupported) {
    await recordRefused(arrival, provider, {
      outcome: 'refused',
      reason: unsupported,
      answerStatus: 415,
      fields: null,
    });
    return announced(unsupportedAnswer(unsupported));
  }
  const checked = await check(arrival, { project, provider, headers, now });
  if (!checked.readable) {
    const { reason, detail } = checked.problem;
    await recordRefused(arrival, provider, { outcome: 'unreadable', reason, answerStatus: 400, fields: null });
    return announced(unreadableAnswer(detail, reason));
  }
  const { decoded, verdict } = checked;
  const { fields } = decoded;
  if (!verdict.authentic) {
    const { reason } = verdict;
    await recordRefused(arrival, provider, { outcome: 'refused', reason, answerStatus: 401, fields });
    return announced(refusedAnswer(provider, reason));
  }
  const claim = claimOf(fields, provider);
  const parsed = provider.parse(fields);
  if (!parsed.ok) {
    await recordIncomplete({
      arrival,
      verdict,
      problem: parsed,
      contentKey: contentKey(project, verdict, fields, 'incomplete'),
      claim,
    });
    return announced(incompleteAnswer(parsed.field, parsed.problem));
  }
  return announced(ANSWERS[await record(toEntry(project, { arrival, verdict, decoded, event: parsed.event, claim }))]);
}

interface Context {
  readonly project: KeyedProject;
  readonly provider: Provider;
  readonly headers: HeaderReader;
  readonly now: Date;
}

type Checked =
  | { readonly readable: false; readonly problem: Extract<Decoded, { ok: false }> }
  | { readonly readable: true; readonly decoded: Readable; readonly verdict: Verdict };

/** A large body is not decoded before its signature was verified: a stranger's would keep everybody waiting. */
async function check({ bytes }: ReceivedPostback, { project, provider, headers, now }: Context): Promise<Checked> {
  const checkAs = async (decoded: Decoded): Promise<Checked> => {
    if (!decoded.ok) return { readable: false, problem: decoded };
    const verdict = await provider.verify({ bytes, fields: decoded.fields, headers, secrets: project.secrets, now });
    return { readable: true, decoded, verdict };
  };
  if (bytes.byteLength <= MAX_UNVERIFIED_BYTES) return checkAs(provider.decode(bytes));
  const skimmed = await checkAs(provider.skim(bytes));
  return skimmed.readable && skimmed.verdict.authentic ? checkAs(provider.decode(bytes)) : skimmed;
}

/** Open screens hear of it after the commit and before the answer. */
function announced(result: Answer): Answer {
  announce();
  return result;
}

/** Some requests leave only a count, and that only where the notification URL is somebody's. */
async function counted(request: PostbackRequest, kind: string | null, now: Date, result: Answer): Promise<Answer> {
  const { key, headers } = request;
  const project = key !== null && kind !== null ? await findProjectByKey(key, now) : null;
  if (project && kind) await count(project.id, kind, toInstant(now), headerText(headers, 'user-agent'));
  return result;
}

function urlFlags({ formerUrl }: KeyedProject): readonly Flag[] {
  return formerUrl === null ? [] : [{ code: 'old_url', field: formerUrl }];
}

interface Understood {
  readonly arrival: ReceivedPostback;
  readonly verdict: Authentic;
  readonly decoded: Readable;
  readonly event: Event;
  readonly claim: Claim;
}

export function toEntry(
  project: KeyedProject,
  { arrival, verdict, decoded, event, claim }: Understood,
): VerifiedPostback {
  const { fields, format } = decoded;
  const form = getProvider(project.provider)?.formContent(fields, format);
  return {
    arrival,
    providerId: project.provider,
    namesSearchable: project.namesSearchable,
    event,
    claim,
    grade: verdict.grade,
    signer: verdict.signer,
    secretId: verdict.secretId,
    flags: [...verdict.flags, ...urlFlags(project), ...timeFlags(event, arrival), ...event.flags],
    invoiceId: identity(arrival.projectId, event.invoiceId, verdict.signer),
    contentKey: contentKey(project, verdict, fields),
    formKey: form ? { of: format, key: contentKey(project, verdict, form, 'form') } : null,
    tokenHash: verdict.token === null ? null : sha256Hex(verdict.token),
  };
}

function timeFlags(event: Event, { receivedAt }: ReceivedPostback): readonly Flag[] {
  return fieldsAhead(event, receivedAt).map((field) => ({ code: 'time_ahead', field }));
}

/** What a postback says, who signed it and how well: each retry carries another token, and none changes this. */
export function contentKey(project: KeyedProject, verdict: Authentic, fields: Fields, kind = 'event'): string {
  // None of the first four has a blank.
  const said = `${kind} ${project.id} ${verdict.signer} ${verdict.grade} ${canonicalContent(fields, ['token'])}`;
  return keyedDigest(project.digestKey, sha256Hex(said));
}

function headerText(headers: HeaderReader, name: string): string | null {
  return headers.get(name)?.slice(0, 300) ?? null;
}
