import { isUnavailable } from './unavailable';

const HEADERS = { 'cache-control': 'private, no-store', 'retry-after': '5' };

/** A route whose database does not answer says so with 503: it is nobody's mistake, and asking again helps. */
export function orUnavailable<Args extends readonly unknown[]>(
  route: (...args: Args) => Promise<Response>,
): (...args: Args) => Promise<Response> {
  return async (...args) => {
    try {
      return await route(...args);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
      return Response.json({ error: 'The database does not answer' }, { status: 503, headers: HEADERS });
    }
  };
}
