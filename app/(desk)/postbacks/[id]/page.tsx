import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { cache, type ReactElement } from 'react';
import { ClaimFacts, isUnverified } from '@/components/claim';
import { OutcomeBadge } from '@/components/outcome-badge';
import { flagWords } from '@/components/postback-words';
import { TestBadge } from '@/components/status-badge';
import { Card } from '@/components/ui/card';
import { absoluteTime } from '@/components/ui/clock';
import { PageHeader } from '@/components/ui/page-header';
import { isUuid } from '@/lib/cursor';
import { claimedStatusOf } from '@/lib/postbacks/claimed-status';
import { findPostback, type PostbackDetail } from '@/lib/postbacks/queries';
import { readChanges, readFlags } from '@/lib/postbacks/read-changes';
import { countRecheckable } from '@/lib/postbacks/recheck';
import { openRequest, shownRequest } from '@/lib/postbacks/request';
import { readRawBody } from '@/lib/postbacks/shown-body';
import type { Params } from '@/lib/query-string';
import { may } from '@/lib/staff/access';
import { requireRight } from '@/lib/staff/guard';
import { getTimeZone } from '@/lib/staff/queries';
import { ChangeList } from '../../change-list';
import { BodyCard } from './body';
import { Explanation } from './explanation';
import { PostbackFacts } from './facts';
import { RequestCard } from './request';
import { Results } from './results';

interface PageArguments {
  readonly params: Promise<{ readonly id: string }>;
  readonly searchParams: Promise<Params>;
}

const find = cache(async (id: string) => {
  const access = await requireRight('seePostbacks');
  return isUuid(id) ? findPostback(access, id) : null;
});

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('postbacks');
  return { title: t('title') };
}

export default async function PostbackPage({ params, searchParams }: PageArguments): Promise<ReactElement> {
  const access = await requireRight('seePostbacks');
  const postback = await find((await params).id);
  if (!postback) notFound();
  const [zone, body, recheckable, { body: form }, t, locale] = await Promise.all([
    getTimeZone(),
    readRawBody(access, postback),
    postback.outcome === 'refused' ? countRecheckable(access, postback.projectId) : 0,
    searchParams,
    getTranslations('postbacks'),
    getLocale(),
  ]);
  const clock = { now: new Date(), zone };
  const flags = readFlags(postback.flags);
  const changes = readChanges(postback.changes);
  return (
    <>
      <PageHeader
        back={{ href: '/postbacks', label: t('detail.back') }}
        note={
          <span className="flex flex-wrap items-center gap-2">
            <OutcomeBadge outcome={postback.outcome} />
            {postback.signer === 'test' ? <TestBadge /> : null}
            <span>{t(`outcomeText.${postback.outcome}`)}</span>
          </span>
        }
        title={t('detail.title', { time: absoluteTime(postback.receivedAt, zone, locale) })}
      />
      <div className="grid gap-4">
        <Results clock={clock} postback={postback} />
        <Explanation mends={may(access, 'sendTestPostback')} postback={postback} recheckable={recheckable} />
        <Card title={t(isUnverified(postback) ? 'claim.title' : 'claim.titleVerified')}>
          <ClaimFacts row={postback} word={claimedStatusOf(postback)} />
        </Card>
        <PostbackFacts clock={clock} postback={postback} />
        <Card title={t('detail.changed')}>
          {Object.keys(changes).length > 0 ? (
            <ChangeList changes={changes} currency={null} />
          ) : (
            <p className="text-muted text-sm">{t('detail.changedNothing')}</p>
          )}
        </Card>
        {flags.length > 0 ? (
          <Card title={t('detail.flags')}>
            <ul className="grid gap-1.5 text-sm">
              {flags.map(({ code, fields }) => (
                <li key={code}>
                  {flagWords(t, code)}
                  {fields.length > 0 ? (
                    <code className="ms-2 break-all font-mono text-muted text-xs">{fields.join(', ')}</code>
                  ) : null}
                </li>
              ))}
            </ul>
          </Card>
        ) : null}
        {may(access, 'seeRawBody') ? <RequestCard request={shownRequest(access, openRequest(postback))} /> : null}
        <BodyCard body={body} cut={cutOf(postback)} here={`/postbacks/${postback.id}`} indented={form === 'indented'} />
      </div>
    </>
  );
}

function cutOf({ body, bodyHash, bodySize }: PostbackDetail): { readonly size: number; readonly hash: string } | null {
  return body && bodyHash ? { size: bodySize, hash: Buffer.from(bodyHash).toString('hex') } : null;
}
