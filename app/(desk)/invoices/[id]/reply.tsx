import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Clock } from '@/components/clock-props';
import { Card } from '@/components/ui/card';
import type { CustomerReply } from '@/lib/invoices/customer-reply';
import { REPLY_COOKIE, REPLY_LANGUAGE_NAME, REPLY_LANGUAGES, replyLanguage } from '@/lib/invoices/reply-language';
import { chosenLanguage } from '@/lib/staff/language';
import { ReplyChoice } from './reply-choice';
import { replyText } from './reply-text';

interface ReplyCardProps {
  readonly reply: CustomerReply;
  readonly project: { readonly id: string; readonly provider: string };
  readonly clock: Clock;
}

/** A sentence for whoever asks after their order, ready to be pasted, or why there is none. */
export async function ReplyCard({ reply, project, clock }: ReplyCardProps): Promise<ReactElement> {
  const [t, jar, reader] = await Promise.all([getTranslations(), cookies(), chosenLanguage()]);
  const title = t('invoicePage.reply.title');
  const { told } = reply;
  if (!told) {
    return (
      <Card title={title}>
        <p className="text-muted text-sm" data-withheld={reply.withheld}>
          {t(`invoicePage.reply.withheld.${reply.withheld}`)}
        </p>
      </Card>
    );
  }
  const cookie = jar.get(REPLY_COOKIE)?.value ?? '';
  return (
    <ReplyChoice
      copy={{ label: t('copy.label'), copied: t('copy.copied') }}
      first={replyLanguage(cookie, project, reader)}
      label={t('invoicePage.reply.language')}
      projectId={project.id}
      replies={REPLY_LANGUAGES.map((language) => ({
        language,
        name: REPLY_LANGUAGE_NAME[language],
        text: replyText(told, language, clock),
      }))}
      title={title}
    />
  );
}
