import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';

const value = z.object({ stringValue: z.string().optional(), intValue: z.union([z.number(), z.string()]).optional() });
const attributes = z
  .array(z.object({ key: z.string(), value }))
  .transform((list) =>
    Object.fromEntries(list.map((each) => [each.key, each.value.stringValue ?? Number(each.value.intValue)])),
  );
const span = z.object({
  name: z.string(),
  kind: z.number(),
  startTimeUnixNano: z.string(),
  endTimeUnixNano: z.string(),
  attributes,
  status: z.object({ code: z.number().default(0) }),
});
const body = z.object({
  resourceSpans: z.array(
    z.object({ resource: z.object({ attributes }), scopeSpans: z.array(z.object({ spans: z.array(span) })) }),
  ),
});

export interface Collector {
  readonly endpoint: string;
  /** The bodies as they came. */
  readonly bodies: string[];
  spans(): z.infer<typeof span>[];
  services(): unknown[];
  close(): void;
}

/** A collector of OpenTelemetry's, OTLP over HTTP with JSON. */
export async function startCollector(): Promise<Collector> {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    const known = request.url === '/v1/traces' && request.headers['content-type'] === 'application/json';
    if (known) bodies.push(await text(request));
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const resources = (): z.infer<typeof body>['resourceSpans'] =>
    bodies.flatMap((each) => body.parse(JSON.parse(each)).resourceSpans);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bodies,
    spans: () => resources().flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    services: () => resources().map(({ resource }) => resource.attributes['service.name']),
    close: () => {
      server.close().closeAllConnections();
    },
  };
}
