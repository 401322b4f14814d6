'use client';

import { type ReactNode, useSyncExternalStore } from 'react';

interface BrowserHostProps {
  /** Before the browser has said it. */
  readonly unknown: string;
}

const never = (): (() => void) => () => {};

/** The host in the address bar, which no request that goes through a proxy is sure to tell. */
export function BrowserHost({ unknown }: BrowserHostProps): ReactNode {
  const host = useSyncExternalStore(
    never,
    () => window.location.host,
    () => null,
  );
  return host === null ? unknown : <code className="font-mono">{host}</code>;
}
