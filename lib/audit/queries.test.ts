import { beforeAll, describe, expect, it } from 'vitest';
import { eachDatabase } from '@/lib/db/testing';
import { query } from '@/lib/postbacks/shop.testing';
import { createProject } from '@/lib/projects/create';
import type { Access, Role } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { createStaff } from '@/lib/staff/create';
import { type AuditFilter, auditList, COMMAND_LINE } from './audit-list';
import { findAct, listActs, listAuditChoices } from './queries';
import { recordAct } from './record';

const SCOPE = { zone: 'UTC', providers: ['cryptocloud'], projects: [] };

function asked(search = '', projects: readonly string[] = []): AuditFilter {
  return auditList.read(Object.fromEntries(new URLSearchParams(search)), { ...SCOPE, projects }).filter;
}

async function member(role: Role, projects: readonly string[] | null = null): Promise<Access> {
  const email = `${crypto.randomUUID()}@shop.example`;
  const made = await createStaff({ email, name: role, role, password: 'three grey herons', projectIds: projects });
  const from = { address: '203.0.113.9', requestId: 'r-1' };
  return accessOf({ staffId: made.id, role, projects: projects ?? 'all', ...from });
}

eachDatabase(
  (database) => {
    let mine: string;
    let theirs: string;
    let owner: Access;
    let manager: Access;
    let limited: Access;
    let support: Access;
    let accountant: Access;

    beforeAll(async () => {
      mine = (await createProject({ name: 'Mine', provider: 'cryptocloud', credential: null })).id;
      theirs = (await createProject({ name: 'Theirs', provider: 'trybit', credential: null })).id;
      owner = await member('owner');
      manager = await member('manager');
      limited = await member('manager', [mine]);
      support = await member('support');
      accountant = await member('accountant', [mine]);
      for (const [who, projectId, action] of [
        [owner, mine, 'test.one'],
        [owner, theirs, 'test.two'],
        [limited, theirs, 'test.three'],
        [limited, mine, 'test.four'],
        [support, mine, 'test.five'],
        [accountant, undefined, 'test.six'],
      ] as const) {
        const detail = { why: `because ${action}` };
        await recordAct(who, { action, object: 'o', ...(projectId ? { projectId } : {}), detail });
      }
    });

    const seen = async (access: Access, filter = asked()): Promise<readonly string[]> =>
      (await listActs(access, filter)).rows
        .map(({ action }) => action)
        .filter((action) => action.startsWith('test.'))
        .sort();

    it('shows each role the acts that are theirs to see', async () => {
      const all = ['test.five', 'test.four', 'test.one', 'test.six', 'test.three', 'test.two'];
      expect(await seen(owner)).toEqual(all);
      expect(await seen(manager)).toEqual(all);
      expect(await seen(limited)).toEqual(['test.five', 'test.four', 'test.one', 'test.three']);
      expect(await seen(support)).toEqual(['test.five']);
      expect(await seen(accountant)).toEqual(['test.six']);
      expect(await seen({ ...limited, projects: [] })).toEqual(['test.four', 'test.three']);
    });

    it('finds one act by its id for the same people, with its link in the chain', async () => {
      const [row] = (await listActs(owner, asked('action=test.two'))).rows;
      const found = await findAct(owner, row?.id ?? '');
      expect(found).toMatchObject({
        action: 'test.two',
        name: 'owner',
        role: 'owner',
        project: 'Theirs',
        detail: { why: 'because test.two' },
        address: '203.0.113.9',
        requestId: 'r-1',
        position: expect.any(Number),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      for (const other of [limited, support, accountant]) expect(await findAct(other, row?.id ?? '')).toBeNull();
    });

    it.each([
      ['action=test.two', ['test.two']],
      ['action=test.one,test.two', ['test.one', 'test.two']],
      ['q=BECAUSE test.f', ['test.five', 'test.four']],
      ['q=203.0.113', ['test.five', 'test.four', 'test.one', 'test.six', 'test.three', 'test.two']],
      ['q=support', ['test.five']],
      ['q=Theirs', ['test.three', 'test.two']],
      ['q=%25', []],
      [`who=${COMMAND_LINE}&q=test`, []],
      ['from=2000-01-01&to=2000-01-02', []],
    ])('%s is %j', async (search, actions) => {
      expect(await seen(owner, asked(search))).toEqual(actions);
    });

    it('an act on a colleague tells whom', async () => {
      await recordAct(owner, { action: 'test.on', object: support.staffId });
      await recordAct(owner, { action: 'test.off', object: crypto.randomUUID() });
      const { rows } = await listActs(owner, asked('action=test.on,test.off'));
      expect(rows.map(({ action, subject }) => [action, subject]).sort()).toEqual([
        ['test.off', null],
        ['test.on', 'support'],
      ]);
    });

    it('by who, the command line among them, and by project', async () => {
      expect((await listActs(owner, asked('who=command-line'))).rows.map(({ action }) => action)).toContain(
        'project.create',
      );
      for (const { staffId } of (await listActs(owner, asked('who=command-line'))).rows) expect(staffId).toBe(null);
      expect(await seen(owner, asked(`who=${limited.staffId}`))).toEqual(['test.four', 'test.three']);
      expect(await seen(owner, asked(`project=${theirs}`, [mine, theirs]))).toEqual(['test.three', 'test.two']);
    });

    it('offers what there is for each, and nothing of what is not theirs', async () => {
      const offered = await listAuditChoices(limited);
      expect(offered.actors.map(({ id }) => id).sort()).toEqual(
        [owner.staffId, limited.staffId, support.staffId].sort(),
      );
      expect(offered.actions).toEqual(['project.create', 'test.five', 'test.four', 'test.one', 'test.three']);
      expect(await listAuditChoices(support)).toEqual({
        actors: [{ id: support.staffId, name: 'support' }],
        commandLine: false,
        actions: ['test.five'],
      });
      expect((await listAuditChoices(owner)).commandLine).toBe(true);
    });

    describe('pages', () => {
      it.each(['newest', 'oldest'])('of fifty, %s first, without a gap or a repetition', async (sort) => {
        await query(
          database(),
          `insert into audit_log (staff_id, project_id, action, at)
         select $1::uuid, case when n % 3 = 0 then $2::uuid end, case when n % 2 = 0 then 'page.even' else 'page.odd' end, '2026-01-01'::timestamptz + (n / 4) * interval '1 second'
         from generate_series(1, 120) n
         where not exists (select from audit_log where action = 'page.odd')`,
          [limited.staffId, mine],
        );
        const ids: string[] = [];
        let filter = asked(`action=page.odd,page.even&sort=${sort}`);
        for (;;) {
          const page = await listActs(limited, filter);
          ids.push(...page.rows.map(({ id }) => id));
          if (!page.next) break;
          filter = { ...filter, after: page.next };
        }
        expect([ids.length, new Set(ids).size]).toEqual([120, 120]);
        const all = await query<{ id: string }>(
          database(),
          `select id::text as id from audit_log where action like 'page.%' order by at, id`,
        );
        const wanted = all.map(({ id }) => id);
        expect(ids).toEqual(sort === 'oldest' ? wanted : wanted.reverse());
      });
    });

    it('an address says what is chosen and nothing else', () => {
      const filter = asked('who=command-line&action=a.b,c&sort=oldest&q=x&from=2026-01-01');
      expect(auditList.href(filter, 'UTC')).toBe(
        '/settings/audit?q=x&from=2026-01-01&who=command-line&action=a.b&action=c&sort=oldest',
      );
      const { filter: none, notices } = auditList.read({ who: 'x', action: '<b>', sort: 'largest' }, SCOPE);
      expect(auditList.href(none, 'UTC')).toBe('/settings/audit');
      expect(notices.map(({ field }) => field)).toEqual(['sort', 'who', 'action']);
    });
  },
  { shuffle: false },
);
