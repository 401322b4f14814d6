import type { Span, Tracer } from '@opentelemetry/api';
import { getEnv } from '@/lib/env';
import { log } from '@/lib/log/log';
import { safeText } from '@/lib/log/safe';

/** One delivery as its span tells it: ids and closed words of ours, nothing of the body, of headers or of the address. */
export interface Traced {
  readonly provider: string | undefined;
  readonly projectId: string | undefined;
  readonly requestId: string | undefined;
  readonly outcome: string;
  readonly reason: string | undefined;
  readonly status: number;
  /** Milliseconds since the process began, as `performance.now()` counts them. */
  readonly began: number;
  readonly ended: number;
}

interface Tracing {
  readonly tracer: Tracer;
  /** Span kind and status as numbers of the API, which is not loaded before it is needed. */
  readonly server: number;
  readonly failed: number;
  flush(): Promise<void>;
  stop(): Promise<void>;
}

const SLOT = Symbol.for('tillbell.tracing');
const STARTING = Symbol.for('tillbell.tracing.starting');
// The server in front and Next both start it, and it is one.
const shared: typeof globalThis & { [SLOT]?: Tracing | undefined; [STARTING]?: Promise<void> | undefined } = globalThis;

/** Where a collector is set; elsewhere nothing is loaded and no span is made. */
export function startTracing(): Promise<void> {
  shared[STARTING] ??= start();
  return shared[STARTING];
}

export function isTracing(): boolean {
  return shared[SLOT] !== undefined;
}

export function tracePostback(told: Traced): void {
  const tracing = shared[SLOT];
  if (tracing === undefined) return;
  const span = tracing.tracer.startSpan('postback', { kind: tracing.server, startTime: moment(told.began) });
  describe(span, told);
  if (told.status >= 500) span.setStatus({ code: tracing.failed });
  span.end(moment(told.ended));
}

/** What is made so far goes to the collector; for who may stand still after an answer. */
export async function flushTracing(): Promise<void> {
  await shared[SLOT]?.flush();
}

/** The same, and no more from here on. */
export async function stopTracing(): Promise<void> {
  const tracing = shared[SLOT];
  shared[SLOT] = undefined;
  shared[STARTING] = undefined;
  await tracing?.stop();
}

function describe(span: Span, { provider, projectId, requestId, outcome, reason, status }: Traced): void {
  span.setAttribute('tillbell.outcome', outcome).setAttribute('http.response.status_code', status);
  if (reason !== undefined) span.setAttribute('tillbell.reason', reason);
  if (provider !== undefined) span.setAttribute('tillbell.provider', provider);
  if (projectId !== undefined) span.setAttribute('tillbell.project.id', projectId);
  if (requestId !== undefined) span.setAttribute('tillbell.request.id', requestId);
}

function moment(milliseconds: number): number {
  return performance.timeOrigin + milliseconds;
}

/** Nobody's exit waits longer for a collector that does not answer. */
const LIMIT_MS = 2_000;
/** A collector that is away is told of once in a while. */
const COMPLAIN_MS = 60_000;

async function start(): Promise<void> {
  if (getEnv().otlpEndpoint === null) return;
  try {
    shared[SLOT] = await open();
  } catch (error) {
    // Payments are taken all the same.
    log('error', 'Spans cannot be made', { error });
  }
}

async function open(): Promise<Tracing> {
  const [api, sdk, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  api.diag.setLogger(complaining(), api.DiagLogLevel.ERROR);
  const named = resources.resourceFromAttributes({ 'service.name': 'tillbell' });
  const provider = new sdk.TracerProvider({
    // The name that an operator sets comes before ours.
    resource: named.merge(resources.detectResources({ detectors: [resources.envDetector] })),
    sampler: new sdk.AlwaysOnSampler(),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  });
  return {
    tracer: provider.getTracer('tillbell'),
    server: api.SpanKind.SERVER,
    failed: api.SpanStatusCode.ERROR,
    flush: () => within(provider.forceFlush()),
    stop: () => within(provider.shutdown()),
  };
}

async function within(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, LIMIT_MS);
  });
  await Promise.race([work.catch(() => {}), late]);
  clearTimeout(timer);
}

function complaining(): Record<'error' | 'warn' | 'info' | 'debug' | 'verbose', (words: string) => void> {
  let last = Number.NEGATIVE_INFINITY;
  const nothing = (): void => {};
  const error = (words: string): void => {
    if (performance.now() - last < COMPLAIN_MS) return;
    last = performance.now();
    log('warn', `Spans do not reach the collector: ${safeText(words).slice(0, 200)}`);
  };
  return { error, warn: nothing, info: nothing, debug: nothing, verbose: nothing };
}
