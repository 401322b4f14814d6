import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './ui/icon';

interface MenuProps {
  readonly label: ReactNode;
  readonly icon?: IconName;
  /** Something inside is chosen. */
  readonly current?: boolean;
  /** At which end of its button it hangs. */
  readonly align?: 'start' | 'end';
  readonly round?: boolean;
  /** As high as the fields it stands among. */
  readonly tall?: boolean;
  /** Where there is little room only its icon, with this in its title. */
  readonly small?: string;
  readonly children: ReactNode;
}

/** Opens without a script; where there is one, Escape and a click beside it close it. */
export function Menu(props: MenuProps): ReactElement {
  const { label, icon, current = false, align = 'end', round = false, tall = false, small, children } = props;
  const size = tall ? 'h-9 px-3 text-sm' : 'h-7 px-2.5 text-xs';
  return (
    <details className="group/menu relative" data-menu="" name="list-menu">
      <summary
        className={`inline-flex select-none items-center gap-1.5 whitespace-nowrap border border-line bg-surface text-muted transition-colors hover:border-line-strong hover:text-ink group-open/menu:border-line-strong group-open/menu:text-ink data-[current]:border-accent data-[current]:bg-accent-soft data-[current]:font-medium data-[current]:text-ink ${size} ${round ? 'rounded-full' : 'rounded-control'}`}
        data-current={current || undefined}
        title={small}
      >
        {icon ? <Icon name={icon} size={14} /> : null}
        <span className={small ? 'max-[1400px]:sr-only' : ''}>{label}</span>
        <Icon className={small ? 'opacity-70 max-[1400px]:hidden' : 'opacity-70'} name="chevron-down" size={13} />
      </summary>
      <div
        className={`absolute z-30 mt-1.5 w-max min-w-44 max-w-[calc(100vw-2rem)] rounded-panel border border-line bg-surface p-1.5 text-ink shadow-menu ${align === 'end' ? 'end-0' : 'start-0'}`}
      >
        {children}
      </div>
    </details>
  );
}
