import { useTranslations } from 'next-intl';
import type { ReactElement, ReactNode } from 'react';
import { outcomeTone } from '@/components/outcome-badge';
import { PanelPart } from '@/components/panel-part';
import { reasonWords } from '@/components/postback-words';
import { type Refusal, refusalWords } from '@/components/refusal-words';
import { Card } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { TONE_ICON, TONE_TEXT, type Tone } from '@/components/ui/tone';
import type { PostbackDetail } from '@/lib/postbacks/queries';
import { missingForRecheck } from '@/lib/postbacks/recheck';
import { getProvider } from '@/lib/providers';

interface ExplanationProps {
  readonly postback: PostbackDetail;
  /** Whether this person may open the project's pages, where most of it is mended. */
  readonly mends: boolean;
  /** The number of the project's refused postbacks that a new secret may make acceptable. */
  readonly recheckable: number;
  readonly inPanel?: boolean;
}

/** Their next step is to check the postback again. */
const CURED_BY_SECRET: readonly (string | null)[] = [
  'token_wrong_key',
  'signature_wrong_key',
  'no_secret',
  'weak_secret',
];

/** Why a postback was not simply taken, what usually causes it and what to do next; nothing where nobody explains it. */
export function Explanation({ postback, mends, recheckable, inPanel = false }: ExplanationProps): ReactElement | null {
  const [t, log] = [useTranslations('refusals'), useTranslations('postbacks')];
  const provider = { id: postback.provider, label: getProvider(postback.provider)?.label ?? postback.provider };
  const words = postback.reason === null ? null : refusalWords(t, postback.reason, provider);
  const short = reasonWords(log, postback);
  const tone = outcomeTone(postback.outcome);
  const missing = CURED_BY_SECRET.includes(postback.reason) ? missingForRecheck(postback) : null;
  return (
    <>
      {/* Only the short sentence names the field that is missing. */}
      {short && (words === null || postback.outcome === 'incomplete') ? <Notice tone={tone}>{short}</Notice> : null}
      {words ? (
        <Words
          inPanel={inPanel}
          project={mends ? postback.projectId : null}
          recheckable={postback.outcome === 'refused' ? recheckable : 0}
          tone={tone}
          words={
            missing === null
              ? words
              : { ...words, step: `${words.step} ${t('notAgain', { missing, provider: provider.label })}` }
          }
        />
      ) : null}
    </>
  );
}

interface WordsProps {
  readonly words: Refusal;
  readonly tone: Tone;
  readonly project: string | null;
  readonly recheckable: number;
  readonly inPanel: boolean;
}

function Words({ words, tone, project, recheckable, inPanel }: WordsProps): ReactElement {
  const t = useTranslations('refusals');
  const Frame = inPanel ? PanelPart : Card;
  return (
    <Frame title={t('title')}>
      <div className="flex gap-2.5">
        <Icon className={`mt-0.5 ${TONE_TEXT[tone]}`} name={TONE_ICON[tone]} />
        <dl className={`grid min-w-0 flex-1 gap-3 text-sm ${inPanel ? '' : 'sm:grid-cols-[9rem_minmax(0,1fr)]'}`}>
          <Line label={t('what')} stacked={inPanel}>
            <span className="font-medium">{words.what}</span>
          </Line>
          <Line label={t('cause')} stacked={inPanel}>
            {words.cause}
          </Line>
          <Line label={t('step')} stacked={inPanel}>
            {words.step}
          </Line>
        </dl>
      </div>
      {project && recheckable > 0 ? (
        <p className="mt-3 ps-6.5 text-sm">
          <Link className="text-link font-medium" href={`/settings/projects/${project}#recheck`}>
            {t('recheck', { count: recheckable })}
          </Link>
        </p>
      ) : null}
      {project ? (
        <p className="mt-3 flex flex-wrap gap-x-4 gap-y-1 ps-6.5 text-sm">
          <Link className="text-link" href={`/settings/projects/${project}`}>
            {t('openProject')}
          </Link>
          <Link className="text-link" href={`/settings/projects/${project}/doctor`}>
            {t('openDoctor')}
          </Link>
        </p>
      ) : null}
    </Frame>
  );
}

interface LineProps {
  readonly label: string;
  /** The label above its text also where there is room beside it. */
  readonly stacked: boolean;
  readonly children: ReactNode;
}

function Line({ label, stacked, children }: LineProps): ReactElement {
  return (
    <div className="contents">
      <dt className={`text-muted ${stacked ? '-mb-2.5' : 'max-sm:-mb-2.5'}`}>{label}</dt>
      <dd className="min-w-0 max-w-prose break-words text-ink">{children}</dd>
    </div>
  );
}
