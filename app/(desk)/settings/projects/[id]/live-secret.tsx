import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button-class';
import { Fact, Facts } from '@/components/ui/facts';
import { Time } from '@/components/ui/time';
import type { Tone } from '@/components/ui/tone';
import type { LiveSecret } from '@/lib/projects/live-secrets';
import type { Strength } from '@/lib/projects/strength';
import { secretWords } from '../words';
import type { Clock } from './banners';
import { RevealSecret } from './reveal-secret';
import { endPreviousSecret, revealLiveSecret } from './secret-actions';

const TONE = { weak: 'bad', fair: 'neutral', strong: 'good' } as const satisfies Record<Strength, Tone>;

interface LiveSecretProps {
  readonly project: { readonly id: string; readonly provider: string };
  readonly secret: LiveSecret;
  readonly clock: Clock;
  readonly manages: boolean;
}

/** One secret that counts: how it is recognised, how strong it is, and until when. */
export async function LiveSecretFacts({ project, secret, clock, manages }: LiveSecretProps): Promise<ReactElement> {
  const [t, words, shown] = await Promise.all([
    getTranslations('secrets'),
    getTranslations('project.secret'),
    secretWords(),
  ]);
  const { id, hint, enteredAt, endsAt, strength } = secret;
  return (
    <section
      aria-label={endsAt ? t('previous') : t('inForce')}
      className={endsAt ? 'border-line border-t pt-3' : undefined}
    >
      <Facts columns={1}>
        <Fact label={endsAt ? t('previous') : t('inForce')}>
          <span className="font-mono text-[0.8125rem]">{shown(project.provider, hint)}</span>
          {manages ? (
            <RevealSecret
              action={revealLiveSecret.bind(null, project.id, id)}
              id={id}
              words={revealWords((name) => t(`reveal.${name}`))}
            />
          ) : null}
        </Fact>
        <Fact label={words('entered')}>
          <Time at={enteredAt} show="absolute" {...clock} />
        </Fact>
        <Fact label={t('strength')}>
          <Badge tone={TONE[strength]}>{t(`grades.${strength}`)}</Badge>
        </Fact>
        {endsAt ? (
          <Fact label={t('endsAt')}>
            <Time at={endsAt} show="absolute" {...clock} />
            {manages ? (
              <form action={endPreviousSecret.bind(null, project.id, id)} className="mt-2">
                <button className={buttonClass('danger', 'small')} type="submit">
                  {t('end')}
                </button>
              </form>
            ) : null}
          </Fact>
        ) : null}
      </Facts>
    </section>
  );
}

const WORDS = ['show', 'hide', 'again', 'label', 'submit', 'gone', 'failed', 'note'] as const;
type Word = (typeof WORDS)[number];

function revealWords(t: (name: Word) => string): Readonly<Record<Word, string>> {
  return Object.fromEntries(WORDS.map((name) => [name, t(name)])) as Record<Word, string>;
}
