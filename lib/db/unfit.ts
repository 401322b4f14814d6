import type { Session } from './session';

/** A database that answers and cannot be used as it is; the message says in a sentence why, and what to do. */
export class DatabaseUnfit extends Error {
  override readonly name = 'DatabaseUnfit';
}

const ABOUT = `select json_build_object('database', current_database(), 'role', current_user,
  'encoding', current_setting('server_encoding'), 'readOnly', current_setting('default_transaction_read_only') = 'on',
  'isolation', current_setting('default_transaction_isolation'), 'backend', pg_backend_pid()) as value`;

interface About {
  readonly database: string;
  readonly role: string;
  readonly encoding: string;
  readonly readOnly: boolean;
  readonly isolation: string;
  readonly backend: number;
}

/** Whether a database holds every letter. */
export const HOLDS_EVERY_LETTER = `current_setting('server_encoding') = 'UTF8'`;

/** Throws where the application could not work with it. `backend`: who the other end of the connection says it is. */
export async function requireFit(session: Session, backend: number): Promise<void> {
  const [{ value } = {}] = await session.query(ABOUT);
  // What a statement returns is its author's promise.
  const { database, role, encoding, readOnly, isolation, ...about } = value as About;
  if (encoding !== 'UTF8') {
    throw new DatabaseUnfit(
      `The database ${database} has the encoding ${encoding}, which cannot hold every letter: make it anew with createdb --encoding=UTF8 --template=template0, and move what is in it with pg_dump and pg_restore.`,
    );
  }
  if (readOnly) {
    throw new DatabaseUnfit(
      `The role ${role} may only read (default_transaction_read_only is on): alter role ${role} in database ${database} set default_transaction_read_only = off.`,
    );
  }
  // Said in front of a statement it comes too late for that statement's own transaction.
  if (about.backend !== backend && isolation !== 'read committed') {
    throw new DatabaseUnfit(
      `Behind a pooler default_transaction_isolation must be read committed, and of the role ${role} it is ${isolation}: alter role ${role} in database ${database} set default_transaction_isolation = 'read committed'.`,
    );
  }
}
