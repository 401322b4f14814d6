'use client';

import type { ReactElement } from 'react';
import { buttonClass } from '@/components/ui/button-class';
// The one catalogue that the browser loads: where the server failed, it cannot be asked for words.
import words from '../messages/en/error.json';

interface ErrorProps {
  readonly error: Error & { readonly digest?: string };
}

export default function ErrorPage({ error }: ErrorProps): ReactElement {
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
