import { expect, test } from 'vitest';
import { canonicalContent } from '@/lib/body';
import { keyedDigest, sha256Hex } from '@/lib/crypto';
import { everyDriver } from '@/lib/db/testing';
import { openShop, post, query, sample } from '@/lib/postbacks/shop.testing';
import { digestKeyOf } from './digest-key';
import { findProjectByKey, forgetProjects } from './find';

const MISSING = { digest_key: null, digest_key_id: null };

everyDriver((database) => {
  test('a project has one digest key, however many ask for it first', async () => {
    const shop = await openShop();
    const keys = await Promise.all(Array.from({ length: 6 }, () => digestKeyOf(shop.id, MISSING)));
    const exported = keys.map((key) => key.export().toString('hex'));
    expect(new Set(exported).size).toBe(1);
    forgetProjects();
    const project = await findProjectByKey(shop.path.slice('/api/postbacks/'.length));
    expect(project?.digestKey.export().toString('hex')).toBe(exported[0]);
    const other = await openShop();
    expect((await digestKeyOf(other.id, MISSING)).export().toString('hex')).not.toBe(exported[0]);
  });

  test('what a postback says has a digest that nobody makes without the key', async () => {
    const shop = await openShop();
    const body = sample(shop, 'paid');
    await post(shop, body);
    const said = `event ${shop.id} live jwt ${canonicalContent(body, ['token'])}`;
    const digests = await query<{ digest: string }>(
      database(),
      `select encode(content_key, 'hex') as digest from postbacks where project_id = $1::uuid`,
      [shop.id],
    );
    const project = await findProjectByKey(shop.path.slice('/api/postbacks/'.length));
    expect(digests).toEqual([{ digest: project && keyedDigest(project.digestKey, sha256Hex(said)) }]);
    expect(digests[0]?.digest).not.toBe(sha256Hex(said));
  });
});
