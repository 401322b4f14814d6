import { getDatabase } from '@/lib/db/client';
import { getProvider } from '@/lib/providers';
import { type Access, maySeeProject } from '@/lib/staff/access';
import { openSecret, SECRET_COLUMNS, type SecretRow } from './secrets';

interface Row extends SecretRow {
  readonly name: string;
  readonly provider: string;
}

/** Deployments have tens of projects, and each opens in microseconds. */
const ACTIVE = {
  name: 'active_live_secrets',
  text: `select ${SECRET_COLUMNS}, p.name, p.provider from project_secrets s join projects p on p.id = s.project_id
    where s.signer = 'live' and (s.ends_at is null or s.ends_at > now()) order by p.name, p.id`,
};

export interface SharedSecret {
  /** Of the other projects that one may see. */
  readonly names: readonly string[];
  /** Of all other projects. */
  readonly count: number;
}

/**
 * Other projects in which a secret of this one is active: what is signed for one is accepted by the others. The public key of a
 * provider is everybody's. Null: there are none. `access` of null: the operator.
 */
export async function findSharedSecret(access: Access | null, projectId: string): Promise<SharedSecret | null> {
  const database = await getDatabase();
  const rows = (await database.run<Row>(ACTIVE, [])).filter(
    ({ provider }) => getProvider(provider)?.credential === 'secret',
  );
  const values = new Map(rows.map((row) => [row.id, openSecret(row).verify]));
  const own = new Set(rows.filter((row) => row.secret_project_id === projectId).map(({ id }) => values.get(id)));
  const others = new Map(
    rows
      .filter((row) => row.secret_project_id !== projectId && own.has(values.get(row.id)))
      .map((row) => [row.secret_project_id, row.name]),
  );
  if (others.size === 0) return null;
  const visible = [...others].filter(([id]) => access === null || maySeeProject(access, id));
  return { names: visible.map(([, name]) => name), count: others.size };
}
