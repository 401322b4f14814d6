import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icon';
import { TONE_ICON, TONE_TEXT, type Tone } from './tone';

const EDGE = {
  neutral: 'border-line bg-sunken',
  progress: 'border-progress/25 bg-progress-soft',
  good: 'border-good/25 bg-good-soft',
  attention: 'border-attention/30 bg-attention-soft',
  bad: 'border-bad/25 bg-bad-soft',
} as const satisfies Record<Tone, string>;

interface NoticeProps {
  readonly tone: Tone;
  readonly title?: ReactNode;
  readonly icon?: IconName;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** `alert` for the answer to something just done, so that it is read out; a standing notice has none. */
  readonly role?: 'alert' | 'status';
}

/** The consequence, then the next step. */
export function Notice({ tone, title, icon, children, actions, role }: NoticeProps): ReactElement {
  return (
    <div
      className={`flex flex-wrap gap-x-4 gap-y-2 rounded-panel border px-3.5 py-2.5 text-sm ${EDGE[tone]}`}
      role={role}
    >
      <div className="flex min-w-0 flex-1 basis-64 gap-2.5">
        <Icon className={`mt-0.5 ${TONE_TEXT[tone]}`} name={icon ?? TONE_ICON[tone]} />
        <div className="min-w-0 flex-1 break-words text-ink">
          {title ? <p className="font-medium">{title}</p> : null}
          {children ? <div className={title ? 'mt-0.5 text-muted' : ''}>{children}</div> : null}
        </div>
      </div>
      {actions ? <div className="flex items-center gap-2">{actions}</div> : null}
    </div>
  );
}
