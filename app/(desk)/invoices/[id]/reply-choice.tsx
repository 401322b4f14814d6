'use client';

import { type ReactElement, useEffect, useRef, useState } from 'react';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Select } from '@/components/ui/input';
import { REPLY_COOKIE, type ReplyLanguage, withReplyLanguage } from '@/lib/invoices/reply-language';

interface ReplyChoiceProps {
  readonly replies: readonly { readonly language: ReplyLanguage; readonly name: string; readonly text: string }[];
  readonly first: ReplyLanguage;
  readonly projectId: string;
  readonly title: string;
  readonly label: string;
  readonly copy: { readonly label: string; readonly copied: string };
}

const A_YEAR = 365 * 24 * 60 * 60;

/** The reply in one of the customers' languages; the choice is remembered for the project. */
export function ReplyChoice({ replies, first, projectId, title, label, copy }: ReplyChoiceProps): ReactElement {
  const [chosen, setChosen] = useState<string>(first);
  const reply = replies.find(({ language }) => language === chosen) ?? replies[0];
  const choose = (wanted: string): void => {
    setChosen(wanted);
    const known = replies.find(({ language }) => language === wanted);
    if (known) remember(projectId, known.language);
  };
  const select = useRef<HTMLSelectElement>(null);
  const onHydrated = useRef(choose);
  useEffect(() => {
    // A choice made before this script ran was heard by nobody.
    const wanted = select.current?.value;
    if (wanted !== undefined && wanted !== first) onHydrated.current(wanted);
  }, [first]);
  if (!reply) return <Card title={title}>{null}</Card>;
  return (
    <Card
      actions={
        <>
          <Select
            aria-label={label}
            className="w-auto!"
            onChange={(event) => choose(event.target.value)}
            ref={select}
            value={reply.language}
          >
            {replies.map(({ language, name }) => (
              <option key={language} lang={language} value={language}>
                {name}
              </option>
            ))}
          </Select>
          <CopyButton copied={copy.copied} key={reply.language} label={copy.label} value={reply.text} />
        </>
      }
      title={title}
    >
      <p aria-live="polite" className="text-ink text-sm [overflow-wrap:anywhere]" data-reply lang={reply.language}>
        {reply.text}
      </p>
    </Card>
  );
}

function remember(projectId: string, language: ReplyLanguage): void {
  const [, kept = ''] = new RegExp(`(?:^|; )${REPLY_COOKIE}=([^;]*)`).exec(document.cookie) ?? [];
  const value = withReplyLanguage(kept, projectId, language);
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser.
  document.cookie = `${REPLY_COOKIE}=${value}; path=/; max-age=${A_YEAR}; samesite=lax`;
}
