const BRAND = Symbol.for('tillbell.databaseUnavailable');

/** The database cannot be reached, is full, takes no writes or took too long: nobody's mistake, to be tried again. */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable';
  readonly [BRAND] = true;

  /** By brand: Next and the server in front of it are two module graphs, each with a class of its own. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }
}

/**
 * SQLSTATE classes and codes that say nothing about the statement: connection, credentials, missing database, read-only,
 * resources, operator (shutdown, statement timeout), system.
 */
const UNAVAILABLE = /^(08|28|53|57|58)|^(25006|3D000|55P03)$/;

/** What a driver threw, as DatabaseUnavailable where it is that. */
export function fromDriver(error: unknown): unknown {
  if (error instanceof DatabaseUnavailable) return error;
  const state = sqlState(error);
  // Without a SQLSTATE PostgreSQL never answered: sockets, time limits, a closed pool, an aborted embedded database.
  if (state !== null && !UNAVAILABLE.test(state)) return error;
  return new DatabaseUnavailable(`The database does not answer: ${describe(error)}`, { cause: error });
}

/** Whether a failure of `run` or of the builder is the database's absence. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true;
  return isFailedQuery(error) && fromDriver(error.cause) instanceof DatabaseUnavailable;
}

/** The SQLSTATE of an error that PostgreSQL raised (`23505`), else null. */
export function sqlState(error: unknown): string | null {
  if (isFailedQuery(error)) return sqlState(error.cause);
  // Sockets have codes too (EPIPE); only PostgreSQL has a severity beside it.
  if (!(error instanceof Error) || !('severity' in error) || !error.severity) return null;
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Drizzle's DrizzleQueryError, by shape: its class too exists once a module graph. */
function isFailedQuery(error: unknown): error is Error {
  return error instanceof Error && 'query' in error && 'params' in error && error.cause instanceof Error;
}

/** What Node says of a certificate that it was not told to trust. */
const UNTRUSTED = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Two addresses of one host fail as one AggregateError without a message.
  if (error.message === '' && error instanceof AggregateError) return error.errors.map(describe).join('; ');
  const untrusted = 'code' in error && UNTRUSTED.has(String(error.code));
  return untrusted ? `${error.message} (sslrootcert and sslmode in docs/deploy.md say how to trust it)` : error.message;
}
