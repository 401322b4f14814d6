import { getDatabase } from '@/lib/db/client';
import { createProject } from '@/lib/projects/create';
import { openSecret, SECRET_COLUMNS, type SecretRow } from '@/lib/projects/secrets';
import { getProvider } from '@/lib/providers';
import { ROLES, type Role } from '@/lib/staff/access';
import { createStaff } from '@/lib/staff/create';
import type { Account } from './deliver';
import type { Shop } from './shops';

export interface SignIn {
  readonly role: Role;
  readonly email: string;
  readonly password: string;
}

/** The same for every demo, so that nobody has to copy them; a demo holds nothing that is secret. */
const PASSWORD = 'tillbell-demo';
const NAMES: Readonly<Record<Role, string>> = {
  owner: 'Olivia Owner',
  manager: 'Marta Manager',
  support: 'Sam Support',
  accountant: 'Anna Accountant',
};

export async function makeStaff(): Promise<readonly SignIn[]> {
  const signIns = ROLES.map((role) => ({ role, email: `${role}@demo.example`, password: PASSWORD }));
  for (const member of signIns) await createStaff({ ...member, name: NAMES[member.role], timeZone: 'Europe/Kyiv' });
  return signIns;
}

/** A project for the shop with a live key of its own, whose secret half the demo keeps to sign with. */
export async function makeAccount(shop: Shop, since: Date): Promise<Account> {
  const provider = getProvider(shop.provider);
  if (!provider) throw new Error(`There is no provider called ${shop.provider}.`);
  const live = provider.createCredential();
  const other = provider.createCredential();
  const project = await createProject({ name: shop.name, provider: shop.provider, credential: live.verify });
  await backdate(project.id, since);
  return {
    ...project,
    signingKey: live.sign ?? live.verify,
    otherKey: other.sign ?? other.verify,
    testKey: await testKeyOf(project.id),
  };
}

const BACKDATE = {
  name: 'demo_backdate_project',
  text: `update projects set created_at = $2::text::timestamptz where id = $1::text::uuid`,
};

/** Its history is older than the demo is. */
async function backdate(projectId: string, since: Date): Promise<void> {
  const database = await getDatabase();
  await database.run(BACKDATE, [projectId, since.toISOString()]);
}

const TEST_SECRET = {
  name: 'demo_test_secret',
  text: `select ${SECRET_COLUMNS} from project_secrets s where s.project_id = $1::text::uuid and s.signer = 'test'`,
};

async function testKeyOf(projectId: string): Promise<string> {
  const database = await getDatabase();
  const [row] = await database.run<SecretRow>(TEST_SECRET, [projectId]);
  const credential = row && openSecret(row);
  if (!credential) throw new Error('The project has no test secret.');
  return credential.sign ?? credential.verify;
}
