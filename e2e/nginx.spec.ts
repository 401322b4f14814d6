import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
// biome-ignore lint/style/noRestrictedImports: where a program of this machine is, as the database tests find theirs.
import { findProgram } from '@/lib/db/testing-program';
import { fences } from '../scripts/deploy-guide.testing';
import { TEST_SCOPE } from '../scripts/test-scope';
import { type Deployment, embedded, type Shop, seed } from './deployment';
import { expectLive, fillSignIn, OWNER } from './desk';
import { freePort, type Server, startServer } from './server';
import { sampleOf, signed } from './signed';

/** The files of the deployment guide in a real nginx, on ports of their own. */

const program = findProgram('nginx');

interface Proxy {
  readonly plain: number;
  readonly tls: number;
  stop(): Promise<void>;
}

async function startNginx(backend: Server, change: (shared: string) => string): Promise<Proxy> {
  const folder = mkdtempSync(join(tmpdir(), 'tillbell-nginx-'));
  const [plain, tls] = [await freePort(), await freePort()];
  const [sites = '', shared = ''] = fences()
    .filter(({ heading, language }) => heading === 'Reverse proxy' && language === 'nginx')
    .map(({ text }) => text);
  const [key, certificate, include] = ['key.pem', 'certificate.pem', 'shared.conf'].map((name) => join(folder, name));
  const made = ['req', '-x509', '-nodes', '-newkey', 'rsa:2048', '-days', '2', '-subj', '/CN=localhost'];
  spawnSync('openssl', [...made, '-keyout', String(key), '-out', String(certificate)]);
  writeFileSync(String(include), change(shared));
  const http = sites
    .replaceAll(/^.*listen \[::\].*\n/gm, '')
    .replaceAll('listen 80;', `listen ${plain};`)
    .replaceAll('listen 443 ssl;', `listen ${tls} ssl;`)
    .replaceAll(/127\.0\.0\.1:300[01]/g, `127.0.0.1:${backend.port}`)
    .replaceAll('pay.shop.example', 'localhost')
    .replaceAll('/etc/nginx/tillbell-proxy.conf', String(include))
    .replace(/\/etc\/letsencrypt\S+fullchain\.pem/, String(certificate))
    .replace(/\/etc\/letsencrypt\S+privkey\.pem/, String(key));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${join(folder, name)};`)
    .join('\n');
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off;\npid ${join(folder, 'pid')};\nevents {}\nhttp {\naccess_log off;\n${temporary}\n${http}\n}\n`,
  );
  const log = join(folder, 'error.log');
  const child = spawn(program ?? '', ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', log], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('close', resolve));
  await expect.poll(() => answers(plain)).toBe(true);
  return {
    plain,
    tls,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

async function answers(port: number): Promise<boolean> {
  return fetch(`http://localhost:${port}/`, { redirect: 'manual' }).then(
    () => true,
    () => false,
  );
}

if (TEST_SCOPE === 'all') {
  test.describe('behind the guide’s nginx on ports of its own', () => {
    let deployment: Deployment;
    let server: Server;
    let shop: Shop;
    let proxy: Proxy | undefined;

    test.skip(program === null, 'There is no nginx on this machine.');
    test.use({ ignoreHTTPSErrors: true });

    test.beforeAll(async () => {
      deployment = await embedded();
      [shop] = (await seed(deployment.settings, [{ provider: 'cryptocloud' }], [OWNER])) as [Shop];
      server = await startServer({ ...deployment.settings, TRUSTED_PROXIES: '127.0.0.1, ::1' });
    });
    test.afterEach(async () => {
      await proxy?.stop();
      proxy = undefined;
    });
    test.afterAll(async () => {
      await server.stop();
      await deployment.remove();
    });

    test('people sign in and see what comes, and postbacks are taken over both without a redirect', async ({
      page,
    }) => {
      proxy = await startNginx(server, (shared) => shared);
      await page.goto(`https://localhost:${proxy.tls}/sign-in`);
      await fillSignIn(page, OWNER.email, OWNER.password);
      await expectLive(page);
      expect(new URL(page.url()).port).toBe(String(proxy.tls));
      for (const address of [`http://localhost:${proxy.plain}`, `https://localhost:${proxy.tls}/`]) {
        const { body = '', headers } = await signed(shop, sampleOf(shop, 'paid'));
        const answer = await page.request.post(address + shop.path, {
          data: Buffer.from(body),
          headers,
          maxRedirects: 0,
        });
        expect([address, answer.status()]).toEqual([address, 200]);
      }
      await page.goto(`https://localhost:${proxy.tls}/settings/projects/${shop.id}`);
      await expect(page.getByText(`https://localhost:${proxy.tls}${shop.path}`)).toBeVisible();
    });

    test('with the port cut off the sign-in says which header to put right', async ({ page }) => {
      proxy = await startNginx(server, (shared) => shared.replace('$http_host', '$host'));
      await page.goto(`https://localhost:${proxy.tls}/sign-in`);
      await fillSignIn(page, OWNER.email, OWNER.password);
      await expect(page.getByText('proxy_set_header X-Forwarded-Host $http_host;')).toBeVisible();
      await expect(page.getByText(`localhost:${proxy.tls}`, { exact: true })).toBeVisible();
    });
  });
}
