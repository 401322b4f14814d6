import type { IconName } from './icon-paths';

/** The five tones of a status; each has a colour and an icon, and a word always stands beside them. */
export const TONES = ['neutral', 'progress', 'good', 'attention', 'bad'] as const;
export type Tone = (typeof TONES)[number];

export const TONE_ICON = {
  neutral: 'circle-dashed',
  progress: 'clock',
  good: 'circle-check',
  attention: 'triangle-alert',
  bad: 'circle-x',
} as const satisfies Record<Tone, IconName>;

/** Whole class names, because Tailwind finds them in the source text. */
export const TONE_TEXT = {
  neutral: 'text-neutral',
  progress: 'text-progress',
  good: 'text-good',
  attention: 'text-attention',
  bad: 'text-bad',
} as const satisfies Record<Tone, string>;

export const TONE_SURFACE = {
  neutral: 'bg-neutral-soft text-neutral',
  progress: 'bg-progress-soft text-progress',
  good: 'bg-good-soft text-good',
  attention: 'bg-attention-soft text-attention',
  bad: 'bg-bad-soft text-bad',
} as const satisfies Record<Tone, string>;
