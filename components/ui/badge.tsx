import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icon';
import { TONE_ICON, TONE_SURFACE, type Tone } from './tone';

interface BadgeProps {
  readonly tone: Tone;
  /** The tone's own icon unless another says more. */
  readonly icon?: IconName;
  readonly title?: string;
  readonly children: ReactNode;
}

/** A status: colour, icon and word together. */
export function Badge({ tone, icon, title, children }: BadgeProps): ReactElement {
  return (
    <span
      className={`inline-flex h-5.5 items-center gap-1 whitespace-nowrap rounded-full ps-1.5 pe-2 font-medium text-xs ${TONE_SURFACE[tone]}`}
      title={title}
    >
      <Icon name={icon ?? TONE_ICON[tone]} size={13} />
      {children}
    </span>
  );
}
