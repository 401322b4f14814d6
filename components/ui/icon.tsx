import type { ReactElement } from 'react';
import { ICON_PATHS, type IconName } from './icon-paths';
import { Outline } from './outline';

export type { IconName } from './icon-paths';

interface IconProps {
  readonly name: IconName;
  /** Pixels; 16 stands beside text. */
  readonly size?: number;
  readonly className?: string;
}

/** Decoration, for server components: the word beside it says the same. */
export function Icon({ name, size, className }: IconProps): ReactElement {
  return <Outline className={className} d={ICON_PATHS[name]} size={size} />;
}
