import type { Load } from './load';
import type { Seen } from './row';
import type { Scene } from './scene';

/** Senders give up after this. */
export const MARK_MS = 8_000;

export function countOf(load: Load, wanted: number): number {
  return load.answers.filter(({ status }) => status === wanted).length;
}

/** What every part of this row has to show. */
export async function judged(scene: Scene, load: Load, what: string): Promise<Seen> {
  const verdict = await scene.ask();
  const slowest = Math.max(...load.answers.map(({ tookMs }) => tookMs));
  return {
    figures: `${what}, ${verdict.acknowledged} acknowledged, answered ${load.statuses()} within ${(slowest / 1000).toFixed(1)} s`,
    broken: [...verdict.broken, ...load.unexpected([200, 503])],
    late: slowest > MARK_MS ? [`${what}: an answer after ${(slowest / 1000).toFixed(1)} s`] : [],
  };
}
