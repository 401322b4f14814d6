import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';
import { MAX_BODY_BYTES } from './lib/body-limit';
import { NO_PAGE_POLICY } from './lib/browser-policy';

const SECURITY_HEADERS = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  // Not `no-referrer`: with it browsers send forms with `Origin: null`, which looks like a stranger's.
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()' },
];

const config: NextConfig = {
  // Bundled, PGlite no longer finds its own files; the others load native code or are meant for Node.
  serverExternalPackages: [
    '@electric-sql/pglite',
    '@node-rs/argon2',
    '@neondatabase/serverless',
    'pg',
    'pino',
    'prom-client',
    '@opentelemetry/exporter-trace-otlp-http',
    '@opentelemetry/resources',
    '@opentelemetry/sdk-trace',
    'ws',
  ],
  // The optimiser ran strangers' code three times in 2026, and there is nothing here to optimise.
  images: { unoptimized: true },
  // Providers do not follow redirects: `/api/postbacks/<key>/` is served itself.
  skipTrailingSlashRedirect: true,
  poweredByHeader: false,
  // Migrations and words are read as files at run time, where tracing cannot see them.
  outputFileTracingIncludes: { '/**': ['./drizzle/**/*', './messages/**/*'] },
  // Types are a step of `npm test`; a start on one's own machine need not wait for them, nor fail for a test's.
  typescript: { ignoreBuildErrors: true },
  // A page is loaded when it is first asked for: to load all of them keeps a start busy for a third of a second.
  experimental: {
    authInterrupts: true,
    preloadEntriesOnStart: false,
    serverActions: { bodySizeLimit: MAX_BODY_BYTES },
    proxyClientMaxBodySize: MAX_BODY_BYTES,
  },
  headers: async () => [
    { source: '/:path*', headers: SECURITY_HEADERS },
    // Never compressed by Next either: a stream that is held back is none, and of a download that takes a processor.
    {
      source: '/api/:path*',
      headers: [
        { key: 'Cache-Control', value: 'private, no-store, no-transform' },
        { key: 'Content-Security-Policy', value: NO_PAGE_POLICY },
      ],
    },
  ],
};

export default createNextIntlPlugin('./i18n/request.ts')(config);
