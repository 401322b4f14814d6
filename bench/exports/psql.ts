import { spawnSync } from 'node:child_process';
import pg from 'pg';

/** A statement copied to nowhere, as a person at the command line would take data out. */
export async function copyOut(
  url: string,
  select: string,
): Promise<{ readonly milliseconds: number; readonly by: string }> {
  const began = performance.now();
  const psql = spawnSync('psql', ['-q', '-X', url, '-c', `\\copy (${select}) to '/dev/null'`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (!psql.error) {
    if (psql.status !== 0) throw new Error(`psql ended with ${psql.status}.`);
    return { milliseconds: performance.now() - began, by: 'psql’s \\copy' };
  }
  // The package that brings a PostgreSQL brings no psql; the server copying by itself is faster than any client.
  await run(url, `copy (${select}) to '/dev/null'`);
  return { milliseconds: performance.now() - began, by: 'the server’s own COPY, for want of psql,' };
}

export async function run(url: string, text: string, parameters: readonly unknown[] = []): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text, [...parameters]);
  } finally {
    await client.end();
  }
}
