import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate, migrateEmbedded } from './migrate';
import { openPgliteMemory } from './pglite';
import { startNeonStandIn } from './testing-neon';
import { createDatabase, startPostgres } from './testing-postgres';

/** What a test file gets to make databases with. */
export interface TestServers {
  readonly postgresUrl: string;
  readonly neonEndpoint: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Asked for `/postgres` or `/pglite`, starts that once for the run and says where it is. */
    testServers: string;
    /** `all`: also what only a release is tested with. */
    scope: 'commit' | 'all';
  }
}

export const TEMPLATE = 'tillbell_template';

type Undo = () => Promise<unknown>;

/** Vitest's global setup. Nothing is started until a test asks, so that a run without a database costs nothing. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { DATA_DIR } = project.config.env;
  const undo: Undo[] = [async () => DATA_DIR && rm(DATA_DIR, { recursive: true, force: true })];
  const makers: Record<string, () => Promise<object>> = {
    '/postgres': once(() => startServers(undo)),
    '/pglite': once(() => dumpEmbedded(undo)),
  };
  const server = createServer((request, response) => {
    const maker = makers[request.url ?? ''];
    if (!maker) return response.writeHead(404).end();
    return maker().then(
      (made) => response.end(JSON.stringify(made)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  // An idle connection that is closed just as a test asks again would fail that test.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  project.provide('testServers', `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
  return async () => {
    server.close();
    server.closeAllConnections();
    for (const step of undo.reverse()) await step();
  };
}

function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

async function startServers(undo: Undo[]): Promise<TestServers> {
  const postgres = await startPostgres({ fsync: false });
  undo.push(postgres.stop);
  const neon = await startNeonStandIn(postgres.url);
  undo.push(neon.stop);
  await migrate({ url: await createDatabase(postgres.url, TEMPLATE) });
  return { postgresUrl: postgres.url, neonEndpoint: neon.endpoint };
}

/** What `testDump` reads. */
export interface TestDumps {
  /** Without a table. */
  readonly empty: string;
  readonly migrated: string;
}

/** An embedded database as a file, which a test loads in a fraction of what making one costs: that takes seconds. */
async function dumpEmbedded(undo: Undo[]): Promise<TestDumps> {
  const folder = await mkdtemp(join(tmpdir(), 'tillbell-pglite-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const dumps = { empty: join(folder, 'empty.tar'), migrated: join(folder, 'migrated.tar') };
  const database = await openPgliteMemory();
  await writeFile(dumps.empty, Buffer.from(await (await database.dump()).arrayBuffer()));
  await migrateEmbedded(database);
  await writeFile(dumps.migrated, Buffer.from(await (await database.dump()).arrayBuffer()));
  await database.close();
  return dumps;
}
