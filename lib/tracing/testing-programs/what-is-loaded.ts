import { createRequire } from 'node:module';
import '@/lib/postbacks/receive';
import { startTracing, stopTracing } from '../tracing';

// Prints which packages of OpenTelemetry's this process has loaded.
await startTracing();
const paths = Object.keys(createRequire(import.meta.url).cache);
const names = paths.flatMap((path) => /node_modules\/(@opentelemetry\/[^/]+)/.exec(path)?.[1] ?? []);
process.stdout.write(JSON.stringify([...new Set(names)].filter((name) => name !== '@opentelemetry/api')));
await stopTracing();
process.exit(0);
