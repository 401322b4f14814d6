import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { generatedSecrets } from './env-secrets';

/** A setting that is missing or malformed; the message is one sentence that names it. */
export class SettingError extends Error {
  override readonly name = 'SettingError';
}

export interface EncryptionKey {
  /** First 8 hexadecimal digits of the key's SHA-256: says which key sealed a row without telling the key. */
  readonly id: string;
  readonly key: Buffer;
}

export interface Env {
  /** Null: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly migrationUrl: string | null;
  /** Absolute. */
  readonly dataDir: string;
  readonly port: number;
  /** The address that the server listens on: this machine alone, unless it is set. */
  readonly host: string;
  /** The platform's own mark of itself. */
  readonly onVercel: boolean;
  /** Somebody is changing the code: what is read from files is read anew. */
  readonly development: boolean;
  readonly authSecret: string;
  /** The current key first; the others only open. */
  readonly encryptionKeys: readonly [EncryptionKey, ...EncryptionKey[]];
  /** The key is our own, in DATA_DIR; else an operator set it. */
  readonly keyIsGenerated: boolean;
  /** The public origin without a trailing slash, which on Vercel is known; null: as the request says. */
  readonly appUrl: string | null;
  /** Addresses and CIDR ranges. */
  readonly trustedProxies: readonly string[];
  readonly cronSecret: string | null;
  readonly metricsToken: string | null;
  readonly smtpUrl: string | null;
  readonly logLevel: LogLevel;
  /** Where spans go; null: none are made. */
  readonly otlpEndpoint: string | null;
  /** Where a stand-in for Neon's HTTP endpoint listens; tests only. */
  readonly neonEndpoint: string | null;
}

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

type Variables = Readonly<Record<string, string | undefined>>;

const POSTGRES = 'a PostgreSQL address such as postgres://user:password@host:5432/name';
const KEY = '32 bytes in base64 (openssl rand -base64 32)';

const postgresUrl = z.string().refine(isPostgresUrl, POSTGRES).transform(withHost);
const keyText = z.string().refine((text) => decodeKey(text) !== null, KEY);
const token = z.string().min(16, 'at least 16 characters long');

/** Each rule's message completes the sentence "<name> must be …". */
const settings = {
  DATABASE_URL: postgresUrl,
  DATABASE_MIGRATION_URL: postgresUrl,
  DATABASE_URL_UNPOOLED: postgresUrl,
  DATA_DIR: z.string(),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'a port number between 0 and 65535')
    .refine((text) => Number(text) <= 65_535, 'a port number between 0 and 65535'),
  HOST: z.string().regex(/^[\w.:-]{1,253}$/, 'an address or a name of this machine, such as 127.0.0.1 or 0.0.0.0'),
  AUTH_SECRET: z.string().min(32, 'at least 32 characters long (openssl rand -base64 32)'),
  ENCRYPTION_KEY: keyText,
  ENCRYPTION_KEY_PREVIOUS: z.string().refine((text) => list(text).every((part) => decodeKey(part) !== null), KEY),
  APP_URL: z.string().refine(isOrigin, 'a web address without a path, such as https://pay.shop.example'),
  TRUSTED_PROXIES: z
    .string()
    .refine((text) => list(text).every(isRange), 'a list of IP addresses or ranges such as 10.0.0.0/8, 127.0.0.1'),
  CRON_SECRET: token,
  METRICS_TOKEN: token,
  SMTP_URL: z
    .string()
    .refine((text) => hasProtocol(text, ['smtp:', 'smtps:']), 'a mail address such as smtp://host:587'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `one of ${LOG_LEVELS.join(', ')}`),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine((text) => hasProtocol(text, ['http:', 'https:']), 'a web address such as http://localhost:4318'),
  TILLBELL_NEON_ENDPOINT: z.string().refine((text) => hasProtocol(text, ['http:', 'https:']), 'a web address'),
} as const;

type Name = keyof typeof settings;

let known: Env | undefined;

/** The validated environment, read once. */
export function getEnv(): Env {
  known ??= readEnv(process.env);
  return known;
}

/** For who has just changed what it is made of. */
export function rereadEnv(): Env {
  known = undefined;
  return getEnv();
}

/** Validates `variables`; with no DATABASE_URL, makes missing secrets in DATA_DIR. */
export function readEnv(variables: Variables): Env {
  const databaseUrl = read(variables, 'DATABASE_URL');
  if (databaseUrl === null && variables.VERCEL) {
    throw new SettingError('DATABASE_URL must be set on Vercel, where no embedded database can be kept.');
  }
  // The comment keeps the bundler from tracing the whole folder into the build.
  const dataDir = resolve(/* turbopackIgnore: true */ process.cwd(), read(variables, 'DATA_DIR') ?? '.data');
  const secrets = readSecrets(variables, databaseUrl === null ? dataDir : null);
  return {
    databaseUrl,
    migrationUrl: read(variables, 'DATABASE_MIGRATION_URL') ?? read(variables, 'DATABASE_URL_UNPOOLED') ?? databaseUrl,
    dataDir,
    port: Number(read(variables, 'PORT') ?? '3000'),
    host: read(variables, 'HOST') ?? (variables.VERCEL ? '0.0.0.0' : '127.0.0.1'),
    onVercel: Boolean(variables.VERCEL),
    development: variables.NODE_ENV === 'development',
    authSecret: secrets.authSecret,
    encryptionKeys: [
      toKey(secrets.encryptionKey),
      ...[...secrets.previousKeys, ...list(read(variables, 'ENCRYPTION_KEY_PREVIOUS'))].map(toKey),
    ],
    keyIsGenerated: secrets.keyIsGenerated,
    appUrl: read(variables, 'APP_URL')?.replace(/\/+$/, '') ?? productionUrl(variables),
    trustedProxies: list(read(variables, 'TRUSTED_PROXIES')),
    cronSecret: read(variables, 'CRON_SECRET'),
    metricsToken: read(variables, 'METRICS_TOKEN'),
    smtpUrl: read(variables, 'SMTP_URL'),
    logLevel: LOG_LEVELS.find((level) => level === read(variables, 'LOG_LEVEL')) ?? 'info',
    otlpEndpoint: read(variables, 'OTEL_EXPORTER_OTLP_ENDPOINT'),
    neonEndpoint: read(variables, 'TILLBELL_NEON_ENDPOINT'),
  };
}

/**
 * A deployment on Vercel has an address of its own beside the project's, and only the project's is open to strangers:
 * a notification URL that was copied from the other would be answered 401.
 */
function productionUrl({ VERCEL_ENV, VERCEL_PROJECT_PRODUCTION_URL: host }: Variables): string | null {
  return VERCEL_ENV === 'production' && host ? `https://${host}` : null;
}

interface Secrets {
  readonly authSecret: string;
  readonly encryptionKey: string;
  readonly previousKeys: readonly string[];
  readonly keyIsGenerated: boolean;
}

function readSecrets(variables: Variables, dataDir: string | null): Secrets {
  const authSecret = read(variables, 'AUTH_SECRET');
  const encryptionKey = read(variables, 'ENCRYPTION_KEY');
  const own = { previousKeys: [], keyIsGenerated: false };
  if (authSecret !== null && encryptionKey !== null) return { authSecret, encryptionKey, ...own };
  if (dataDir === null) {
    const missing = authSecret === null ? 'AUTH_SECRET' : 'ENCRYPTION_KEY';
    throw new SettingError(`${missing} must be set when DATABASE_URL is (openssl rand -base64 32).`);
  }
  const generated = generatedSecrets(dataDir);
  const previousKeys = generated.previousEncryptionKeys ?? [];
  if ([generated.encryptionKey, ...previousKeys].some((key) => decodeKey(key) === null)) {
    throw new SettingError(`DATA_DIR holds a secrets.json with an encryption key that is not ${KEY}.`);
  }
  if (encryptionKey !== null) return { authSecret: generated.authSecret, encryptionKey, ...own };
  return {
    authSecret: authSecret ?? generated.authSecret,
    encryptionKey: generated.encryptionKey,
    previousKeys,
    keyIsGenerated: true,
  };
}

/** An empty setting is an unset one, as in a copied `.env.example`. */
function read(variables: Variables, name: Name): string | null {
  const text = unquoted(variables[name]?.trim() ?? '');
  if (!text) return null;
  const result = settings[name].safeParse(text);
  if (!result.success) throw new SettingError(`${name} must be ${result.error.issues[0]?.message}.`);
  return result.data;
}

/** Docker's `--env-file` and pasted shell lines leave the quotes around a value in it. */
function unquoted(text: string): string {
  return /^(["'])(.*)\1$/.exec(text)?.[2]?.trim() ?? text;
}

function list(text: string | null): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function toKey(text: string): EncryptionKey {
  const key = Buffer.from(text, 'base64');
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 8), key };
}

/** Node decodes any text as base64; only the canonical form of 32 bytes is a key. */
function decodeKey(text: string): Buffer | null {
  const key = Buffer.from(text, 'base64');
  return key.length === 32 && key.toString('base64') === text ? key : null;
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function hasProtocol(text: string, protocols: readonly string[]): boolean {
  const url = parseUrl(text);
  return url !== null && protocols.includes(url.protocol) && url.hostname !== '';
}

/** A socket folder (`postgres:///name?host=/run/postgresql`) stands where no host does. */
function isPostgresUrl(text: string): boolean {
  const url = parseUrl(withHost(text));
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol)) return false;
  return (url.hostname !== '' && url.hostname !== IN_THE_QUERY) || url.searchParams.has('host');
}

const IN_THE_QUERY = 'host-in-the-query';

/** PostgreSQL takes a user in front of no host (`postgres://me:word@/name?host=…`), a URL does not: `?host=` wins over this one. */
function withHost(text: string): string {
  return text.replace(/^(postgres(?:ql)?:\/\/[^/?#]*@)(?=[/?]|:\d+[/?])/, `$1${IN_THE_QUERY}`);
}

function isOrigin(text: string): boolean {
  const url = parseUrl(text);
  return url !== null && hasProtocol(text, ['http:', 'https:']) && `${url.origin}/` === url.href;
}

function isRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
