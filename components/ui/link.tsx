// biome-ignore lint/style/noRestrictedImports: the one place that knows it.
import NextLink from 'next/link';
import type { ComponentProps, ReactElement } from 'react';

export type LinkProps = Omit<ComponentProps<typeof NextLink>, 'prefetch'>;

/** Asks for a page when it is wanted: to ask for all that a page links to takes the server longer than the page itself. */
export function Link(props: LinkProps): ReactElement {
  return <NextLink prefetch={false} {...props} />;
}
