import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Database } from '@/lib/db/client';
import { eachDatabase } from '@/lib/db/testing';
import { getProvider } from '@/lib/providers';
import type { Provider } from '@/lib/providers/provider';
import { accessOf } from '@/lib/staff/access.testing';
import { createStaff } from '@/lib/staff/create';
import { renameProject, replaceSecret } from './change';
import { createProject } from './create';
import { findProjectByKey } from './find';
import { findSecretProblem, getProject, listProjects } from './queries';
import { checkKeys, sealSecret } from './secrets';
import { findSharedSecret } from './shared-secret';

const FIRST = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0xL3rU6';
const SECOND = 'zY9xW8vU7tS6rQ5pO4nM3lK2jI1hG0fE9dC8';

const OLD_SECRET = `insert into project_secrets (id, project_id, signer, sealed, encryption_key_id, hint)
  values ($1::uuid, $2::uuid, 'live', $3::bytea, $4::text, $5::text)`;

function provider(id: string): Provider {
  const found = getProvider(id);
  if (!found) throw new Error(`There is no provider ${id}`);
  return found;
}

const keyOf = (path: string): string => path.slice('/api/postbacks/'.length);

async function live(path: string): Promise<string[]> {
  const project = await findProjectByKey(keyOf(path));
  return (project?.secrets ?? []).filter(({ signer }) => signer === 'live').map(({ value }) => value);
}

async function makeOwner(): Promise<ReturnType<typeof accessOf>> {
  const email = `${crypto.randomUUID()}@shop.example`;
  const { id } = await createStaff({ email, name: 'Olena', role: 'owner', password: 'three grey herons' });
  return accessOf({ staffId: id });
}

async function sealedText(database: Database): Promise<string> {
  const rows = await database.orm.query.projectSecrets.findMany();
  return rows.map((row) => `${Buffer.from(row.sealed).toString('latin1')} ${row.hint}`).join();
}

eachDatabase(
  (database) => {
    test('a project has an unguessable address, the secret that was entered and a test secret of its own', async () => {
      const made = await createProject({ name: ' Shop ', provider: 'cryptocloud', credential: ` ${FIRST}\n` });
      expect(made).toMatchObject({ name: 'Shop', provider: 'cryptocloud' });
      expect(made.notificationPath).toMatch(/^\/api\/postbacks\/[\w-]{32}$/);
      const found = await findProjectByKey(keyOf(made.notificationPath));
      expect(found).toMatchObject({ id: made.id, name: 'Shop', provider: 'cryptocloud' });
      const secrets = found?.secrets ?? [];
      expect(secrets.map(({ signer }) => signer).sort()).toEqual(['live', 'test']);
      expect(secrets.find(({ signer }) => signer === 'live')).toMatchObject({ value: FIRST, retiring: false });
      expect(secrets.find(({ signer }) => signer === 'test')?.value).not.toBe(FIRST);
    });

    test('the table holds no secret in the clear, only its last four characters', async () => {
      const text = await sealedText(database());
      expect(text).not.toContain(FIRST);
      expect(text).not.toContain('"verify"');
      expect(text).toContain(FIRST.slice(-4));
    });

    test('a public key is recognised by its fingerprint', async () => {
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
      const made = await createProject({ name: 'Parcels', provider: 'novapay', credential: pem });
      const project = await getProject(await makeOwner(), made.id);
      expect(project?.secret?.hint).toMatch(/^([\da-f]{2}:){7}[\da-f]{2}$/);
      expect(await live(made.notificationPath)).toEqual([pem.trim()]);
    });

    test('a secret that cannot be used is refused', async () => {
      const make = (credential: string): Promise<unknown> =>
        createProject({ name: 'Shop', provider: 'cryptocloud', credential });
      await expect(make('secret')).rejects.toThrow(/anybody/);
      await expect(make('k7Q')).rejects.toThrow(/short/);
      await expect(createProject({ name: 'Shop', provider: 'nobody', credential: null })).rejects.toThrow(
        /no provider/,
      );
    });

    test.each([
      ['cryptocloud', `"${FIRST}"`, /quotes/],
      ['trybit', `SECRET_KEY=${FIRST}`, /name in front/],
      ['cryptocloud-v1', `eyJhbGciOiJIUzI1NiJ9.eyJ1dWlkIjoiTVRJeiJ9.${FIRST}`, /API KEY/],
      ['cryptocloud', `${FIRST} ${SECOND}`, /blanks/],
      ['novapay', FIRST, /not an RSA public key/],
    ])('a key that can never be right is refused on the spot: %s %s', async (providerId, entered, sentence) => {
      const owner = await makeOwner();
      await expect(createProject({ name: 'Shop', provider: providerId, credential: entered })).rejects.toThrow(
        sentence,
      );
      const made = await createProject({ name: 'Shop', provider: providerId, credential: null });
      await expect(replaceSecret(owner, made.id, provider(providerId), entered)).rejects.toThrow(sentence);
    });

    test('a public key on one line is repaired, and so verifies', async () => {
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString().trim();
      const made = await createProject({
        name: 'Parcels',
        provider: 'novapay',
        credential: `PUBLIC_KEY="${pem.replaceAll('\n', '\\n')}"`,
      });
      expect(await live(made.notificationPath)).toEqual([pem]);
    });

    test('a secret that was entered before we knew better is still found wrong', async () => {
      const owner = await makeOwner();
      for (const [value, problem] of [
        [`"${FIRST}"`, 'quoted'],
        ['super-secret', 'well_known'],
      ] as const) {
        const made = await createProject({ name: 'Shop', provider: 'cryptocloud', credential: null });
        const { id, sealed, keyId, hint } = sealSecret(made.id, 'live', { verify: value, sign: null }, 'abcd');
        await database().run({ name: 'test_old_secret', text: OLD_SECRET }, [id, made.id, sealed, keyId, hint]);
        const project = await getProject(owner, made.id);
        expect(project && (await findSecretProblem(project))).toBe(problem);
      }
    });

    test('the old secret ends the moment the new one counts, at a door that has just used it', async () => {
      const owner = await makeOwner();
      const made = await createProject({ name: 'Shop', provider: 'cryptocloud', credential: FIRST, by: owner });
      expect(await live(made.notificationPath)).toEqual([FIRST]);
      expect(await replaceSecret(owner, made.id, provider('cryptocloud'), SECOND)).toBe('replaced');
      expect(await live(made.notificationPath)).toEqual([SECOND]);
      expect((await getProject(owner, made.id))?.secret?.hint).toBe(SECOND.slice(-4));
      const log = await database().orm.query.auditLog.findMany({ where: (row, { eq }) => eq(row.projectId, made.id) });
      expect(log.map(({ action }) => action).sort()).toEqual(['project.create', 'secret.replace']);
      expect(JSON.stringify(log)).not.toContain(SECOND);
      expect(log.every(({ staffId }) => staffId === owner.staffId)).toBe(true);
    });

    test('a new name is seen at once, and the log knows the old one', async () => {
      const owner = await makeOwner();
      const made = await createProject({ name: 'Before', provider: 'trybit', credential: null });
      await findProjectByKey(keyOf(made.notificationPath));
      expect(await renameProject(owner, made.id, ' After ')).toBe(true);
      expect((await findProjectByKey(keyOf(made.notificationPath)))?.name).toBe('After');
      const log = await database().orm.query.auditLog.findMany({ where: (row, { eq }) => eq(row.projectId, made.id) });
      expect(log.find(({ action }) => action === 'project.rename')).toMatchObject({
        before: { name: 'Before' },
        after: { name: 'After' },
      });
      expect(await renameProject(owner, crypto.randomUUID(), 'Nobody')).toBe(false);
    });

    test('a key that nobody has finds nothing, and its project is found once it exists', async () => {
      for (const key of ['', 'x'.repeat(32), "' or true --", 'é'.repeat(32)])
        expect(await findProjectByKey(key)).toBeNull();
    });

    test('who was not given a project finds it as little as one that does not exist', async () => {
      const owner = await makeOwner();
      const mine = await createProject({ name: 'Mine', provider: 'trybit', credential: null });
      const theirs = await createProject({ name: 'Theirs', provider: 'trybit', credential: null });
      const member = accessOf({ staffId: owner.staffId, role: 'manager', projects: [mine.id] });
      expect((await listProjects(member)).map(({ id }) => id)).toEqual([mine.id]);
      expect(await getProject(member, theirs.id)).toBeNull();
      expect(await getProject(owner, crypto.randomUUID())).toBeNull();
      expect(await getProject(owner, 'not-an-id')).toBeNull();
      const found = await getProject(member, mine.id);
      expect(found).toMatchObject({ name: 'Mine', secret: null, lastPostbackAt: null });
      expect(found && (await findSecretProblem(found))).toBeNull();
    });

    test('a secret that two projects share is told, by name only to who sees the other one', async () => {
      const secret = `shared-${crypto.randomUUID()}`;
      const make = (name: string, credential: string) => createProject({ name, provider: 'cryptocloud', credential });
      const one = await make('One', secret);
      const two = await make('Two', ` ${secret} `);
      const other = await make('Other', `${secret}x`);
      const owner = await makeOwner();
      const manager = accessOf({ staffId: owner.staffId, role: 'manager', projects: [one.id] });
      expect(await findSharedSecret(owner, one.id)).toEqual({ names: ['Two'], count: 1 });
      expect(await findSharedSecret(null, two.id)).toEqual({ names: ['One'], count: 1 });
      expect(await findSharedSecret(manager, one.id)).toEqual({ names: [], count: 1 });
      expect(await findSharedSecret(owner, other.id)).toBe(null);
      const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
      const parcels = await createProject({ name: 'Parcels', provider: 'novapay', credential: pem });
      await createProject({ name: 'More parcels', provider: 'novapay', credential: pem });
      expect(await findSharedSecret(owner, parcels.id)).toBe(null);
      await replaceSecret(owner, two.id, provider('cryptocloud'), `${secret}-of-its-own`);
      expect(await findSharedSecret(owner, one.id)).toBe(null);
    });

    test('a key that does not open what is stored is noticed before the first postback', async () => {
      await createProject({ name: 'Shop', provider: 'cryptocloud', credential: FIRST });
      await checkKeys();
      const rename = (from: string, to: string): Promise<unknown> =>
        database().run({ name: null, text: `update project_secrets set encryption_key_id = $1::text || $2::text` }, [
          from,
          to,
        ]);
      const [row] = await database().run<{ id: string }>(
        { name: null, text: 'select encryption_key_id as id from project_secrets limit 1' },
        [],
      );
      await rename('another', ' key');
      await expect(checkKeys()).rejects.toThrow('another key, which is not in ENCRYPTION_KEY');
      await rename(row?.id ?? '', '');
    });
  },
  { shuffle: false },
);
