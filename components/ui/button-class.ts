export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'small' | 'medium';

const BASE =
  'inline-flex select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-control font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55';

const VARIANT = {
  primary: 'bg-ink text-canvas hover:bg-ink-strong',
  secondary: 'border border-line-strong bg-surface text-ink shadow-xs hover:bg-sunken',
  quiet: 'text-muted hover:bg-hover hover:text-ink',
  danger: 'border border-bad/40 bg-surface text-bad hover:bg-bad-soft',
} as const satisfies Record<ButtonVariant, string>;

const SIZE = {
  small: 'h-7 px-2.5 text-xs',
  medium: 'h-9 px-3.5 text-sm',
} as const satisfies Record<ButtonSize, string>;

export function buttonClass(variant: ButtonVariant = 'secondary', size: ButtonSize = 'medium', extra = ''): string {
  return `${BASE} ${VARIANT[variant]} ${SIZE[size]} ${extra}`.trim();
}
