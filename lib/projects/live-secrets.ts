import { createPublicKey } from 'node:crypto';
import { recordAct } from '@/lib/audit/record';
import { databaseFor, getDatabase } from '@/lib/db/client';
import { getProvider } from '@/lib/providers';
import { type Access, may } from '@/lib/staff/access';
import { fromPostgres } from '@/lib/time';
import { openSecret, SECRET_COLUMNS, type SecretRow } from './secrets';
import { gradeSecret, type Strength } from './strength';

/** A secret that counts, as the project's page shows it. */
export interface LiveSecret {
  readonly id: string;
  readonly hint: string;
  readonly enteredAt: string;
  /** Null: the one in force; else when the previous one stops to count. */
  readonly endsAt: string | null;
  readonly strength: Strength;
}

interface Row extends SecretRow {
  readonly provider: string;
  readonly hint: string;
  readonly entered_at: string;
  readonly ends_at: string | null;
}

const LIVE = {
  name: 'live_project_secrets',
  text: `select ${SECRET_COLUMNS}, p.provider, s.hint, s.created_at::text as entered_at, s.ends_at::text as ends_at
    from project_secrets s join projects p on p.id = s.project_id
    where s.project_id = $1::uuid and s.signer = 'live' and (s.ends_at is null or s.ends_at > now())
    order by s.ends_at is not null, s.created_at desc`,
};

/** The one in force first. The caller has found that this project is theirs to see. */
export async function listLiveSecrets(projectId: string): Promise<readonly LiveSecret[]> {
  const database = await getDatabase();
  const rows = await database.run<Row>(LIVE, [projectId]);
  return rows.map((row) => ({
    id: row.id,
    hint: row.hint,
    enteredAt: fromPostgres(row.entered_at),
    endsAt: row.ends_at === null ? null : fromPostgres(row.ends_at),
    strength: strengthOf(row),
  }));
}

function strengthOf(row: Row): Strength {
  const provider = getProvider(row.provider);
  const value = openSecret(row).verify;
  if (provider && !provider.readCredential(value).ok) return 'weak';
  return provider?.credential === 'public_key' ? gradeKey(value) : gradeSecret(value);
}

/** NIST SP 800-131A: 1,024 bits no more, 2,048 still, 3,072 beyond 2030. */
function gradeKey(pem: string): Strength {
  const bits = createPublicKey(pem).asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < 2048) return 'weak';
  return bits < 3072 ? 'fair' : 'strong';
}

/** The secret itself, for an owner who has just entered the password again; written down before it is given. */
export async function revealSecret(access: Access, projectId: string, secretId: string): Promise<string | null> {
  if (!may(access, 'manageProjects')) return null;
  const database = await databaseFor(access);
  const rows = await database.run<Row>(LIVE, [projectId]);
  const found = rows.find(({ id }) => id === secretId);
  if (!found) return null;
  const value = openSecret(found).verify;
  await recordAct(access, { action: 'secret.reveal', projectId, object: found.hint });
  return value;
}
