'use client';

import type { ReactElement } from 'react';
import { buttonClass } from '@/components/ui/button-class';
// The only words that the browser loads: where the server failed, it cannot be asked for them.
import en from '../messages/en/error.json';
import pt from '../messages/pt/error.json';
import uk from '../messages/uk/error.json';

const WORDS = { en, pt, uk } as const;

interface ErrorProps {
  readonly error: Error & { readonly digest?: string };
}

export default function ErrorPage({ error }: ErrorProps): ReactElement {
  const words = WORDS[languageOfPage()];
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center px-6 py-16">
      <h1 className="font-semibold text-ink text-title tracking-tight">{words.title}</h1>
      <p className="mt-2 text-muted">{words.text}</p>
      {error.digest ? (
        <p className="mt-2 text-muted text-xs">
          {words.code} <code className="font-mono">{error.digest}</code>
        </p>
      ) : null}
      <div className="mt-6">
        <button className={buttonClass('primary')} onClick={() => window.location.reload()} type="button">
          {words.again}
        </button>
      </div>
    </main>
  );
}

/** As the layout around this page says; the page itself is only ever made in the browser. */
function languageOfPage(): keyof typeof WORDS {
  const tag = typeof document === 'undefined' ? 'en' : document.documentElement.lang.slice(0, 2);
  return tag === 'uk' || tag === 'pt' ? tag : 'en';
}
