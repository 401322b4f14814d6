import { randomUUID } from 'node:crypto';
import { origin } from '@/lib/audit/record';
import { randomKey } from '@/lib/crypto';
import { getDatabase } from '@/lib/db/client';
import { getProvider } from '@/lib/providers';
import type { CredentialProblem, Provider } from '@/lib/providers/provider';
import type { Access } from '@/lib/staff/access';
import { forgetProjects } from './find';
import { credentialHint } from './hint';
import { type SealedSecret, sealSecret } from './secrets';

export interface NewProject {
  readonly name: string;
  /** A provider's id. */
  readonly provider: string;
  /** The provider's secret or public key; null: to be entered later. */
  readonly credential: string | null;
  /** Null: the operator, at the command line. */
  readonly by?: Access | null;
}

export interface CreatedProject {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly notificationPath: string;
}

/** Why a project cannot be made; the message is a sentence for the operator. */
export class ProjectRefused extends Error {
  override readonly name = 'ProjectRefused';
}

export const LONGEST_NAME = 80;

export function notificationPath(key: string): string {
  return `/api/postbacks/${key}`;
}

const CREATE = {
  name: 'create_project',
  text: `
    with made as (
      insert into projects (id, name, provider, key) values ($1::uuid, $2::text, $3::text, $4::text) returning id, name
    ),
    test_secret as (
      insert into project_secrets (id, project_id, signer, sealed, encryption_key_id, hint)
      select $5::uuid, id, 'test', $6::bytea, $7::text, $8::text from made
    ),
    live_secret as (
      insert into project_secrets (id, project_id, signer, sealed, encryption_key_id, hint)
      select $9::uuid, id, 'live', $10::bytea, $11::text, $12::text from made where $9::uuid is not null
    )
    insert into audit_log (staff_id, address, request_id, project_id, action, object, after)
    select $13::uuid, $14::text, $15::text, id, 'project.create', name,
      jsonb_build_object('name', name, 'provider', $3::text, 'hint', $12::text)
    from made`,
};

/** With the provider's secret, if it is known yet, and always with a test credential of our own. */
export async function createProject(project: NewProject): Promise<CreatedProject> {
  const provider = getProvider(project.provider);
  if (!provider) throw new ProjectRefused(`There is no provider called ${project.provider}.`);
  const name = project.name.trim();
  if (name === '' || name.length > LONGEST_NAME)
    throw new ProjectRefused(`The name must have 1 to ${LONGEST_NAME} characters.`);
  const id = randomUUID();
  const live = project.credential === null ? null : sealLive(id, provider, project.credential);
  const credential = provider.createCredential();
  const test = sealSecret(id, 'test', credential, credentialHint(provider, credential.verify));
  const key = randomKey();
  const database = await getDatabase();
  await database.run(CREATE, [
    id,
    name,
    provider.id,
    key,
    test.id,
    test.sealed,
    test.keyId,
    test.hint,
    live?.id ?? null,
    live?.sealed ?? null,
    live?.keyId ?? null,
    live?.hint ?? null,
    project.by?.staffId ?? null,
    ...origin(project.by ?? null),
  ]);
  forgetProjects();
  return { id, name, provider: provider.id, notificationPath: notificationPath(key) };
}

const SENTENCE = {
  too_short: 'The secret is too short to be safe.',
  well_known: 'This secret stands in documentation; anybody would try it.',
  quoted: 'The secret has quotes around it; enter it without them.',
  named: 'The secret has a name in front of it, as in SECRET_KEY=…; enter its value alone.',
  api_key: 'This is a token such as the API KEY, not the SECRET KEY of the project.',
  not_a_secret: 'This is no SECRET KEY: it has blanks or other characters that none has.',
  not_a_public_key: 'This is not an RSA public key in PEM.',
  private_key: 'This is a private key; enter the public key of the provider.',
  several_keys: 'These are several public keys; enter one.',
} as const satisfies Record<CredentialProblem, string>;

export function sealLive(projectId: string, provider: Provider, entered: string): SealedSecret {
  const reading = provider.readCredential(entered);
  if (!reading.ok) throw new ProjectRefused(SENTENCE[reading.problem]);
  const { value } = reading;
  return sealSecret(projectId, 'live', { verify: value, sign: null }, credentialHint(provider, value));
}
