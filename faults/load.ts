import { setTimeout as wait } from 'node:timers/promises';
import { percentile } from '../bench/row';
import { Lines } from './lines';
import type { Scene } from './scene';
import type { Postback } from './stories';
import { until } from './until';

const TICK_MS = 5;
/** A provider's retry, in short. */
const RETRY_MS = 500;
/** What is sent into a wall at most; past it the pace waits. */
const MOST_OPEN = 400;
const MOST_TRIES = 200;

export interface Answer {
  /** When it was due, by `performance.now()`: a generator that is late does not hide it. */
  readonly at: number;
  readonly tookMs: number;
  /** 0: the connection was refused, or ended without an answer. */
  readonly status: number;
}

interface Due {
  readonly postback: Postback;
  readonly notBefore: number;
  readonly tries: number;
}

/** Providers that send what happened, at a steady pace, and again what was not answered with 200. */
export class Load {
  readonly answers: Answer[] = [];
  private readonly lines: Lines;
  private queue: Due[] = [];
  private again: Due[] = [];
  private open = 0;
  private running = true;
  private readonly pacing: Promise<void>;

  constructor(
    private readonly scene: Pick<Scene, 'stories' | 'expected' | 'journal' | 'post'>,
    port: () => number,
    private readonly perSecond: number,
  ) {
    this.lines = new Lines(port);
    this.pacing = this.pace();
  }

  get acknowledged(): number {
    return this.scene.journal.length;
  }

  /** Until so many that were sent from now on were answered with 200. */
  async heard(count: number): Promise<void> {
    const from = performance.now();
    await until(`${count} answers of 200`, () => this.heardSince(from) >= count);
  }

  private heardSince(from: number): number {
    return this.answers.filter(({ at, status }) => status === 200 && at >= from).length;
  }

  statuses(): string {
    const counts = new Map<number, number>();
    for (const { status } of this.answers) counts.set(status, (counts.get(status) ?? 0) + 1);
    const words = [...counts].sort(([a], [b]) => a - b).map(([status, n]) => `${n} × ${status || 'none'}`);
    return words.join(', ');
  }

  /** Answers that no table has; empty when all is well. */
  unexpected(allowed: readonly number[]): readonly string[] {
    const others = new Set(this.answers.map(({ status }) => status).filter((status) => !allowed.includes(status)));
    return [...others].map((status) => `a postback was answered ${status || 'by nothing'}`);
  }

  /** Of the answers of 200 that were due in this time. */
  p99(from: number, to: number): number {
    return percentile(this.times(from, to), 99);
  }

  slowest(from: number, to: number): number {
    return this.times(from, to).at(-1) ?? 0;
  }

  private times(from: number, to: number): readonly number[] {
    const answers = this.answers.filter(({ at, status }) => status === 200 && at >= from && at < to);
    return answers.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  }

  /** Sends no new ones, and what is still unheard until it is heard. */
  async settle(): Promise<void> {
    this.running = false;
    await this.pacing;
    while (this.open > 0 || this.queue.length > 0 || this.again.length > 0) {
      this.release(performance.now());
      await wait(TICK_MS);
    }
    this.lines.close();
  }

  /** Sends nothing any more, not even again. */
  async stop(): Promise<void> {
    this.running = false;
    await this.pacing;
    this.queue = [];
    while (this.open > 0) await wait(TICK_MS);
    this.again = [];
    this.lines.close();
  }

  private async pace(): Promise<void> {
    let began = performance.now();
    let issued = 0;
    while (this.running) {
      const now = performance.now();
      const due = Math.floor(((now - began) * this.perSecond) / 1000);
      while (issued < due && this.running) {
        if (this.queue.length === 0) await this.tell();
        this.release(now);
        issued += 1;
        if (this.open < MOST_OPEN) continue;
        // Into a wall: the pace begins anew once there is room.
        while (this.running && this.open >= MOST_OPEN) await wait(TICK_MS);
        began = performance.now();
        issued = 0;
        break;
      }
      await wait(TICK_MS);
    }
  }

  private async tell(): Promise<void> {
    const { expected, postbacks } = await this.scene.stories.next();
    this.scene.expected.push(expected);
    this.queue.push(...postbacks.map((postback) => ({ postback, notBefore: 0, tries: 0 })));
  }

  /** The next one that is due: a retry before what is new. */
  private release(now: number): void {
    if (this.open >= MOST_OPEN) return;
    const retry = this.again[0];
    const due = retry && retry.notBefore <= now ? this.again.shift() : this.queue.shift();
    if (!due) return;
    this.open += 1;
    void this.send(due).finally(() => {
      this.open -= 1;
    });
  }

  private async send({ postback, tries }: Due): Promise<void> {
    const at = performance.now();
    const status = await this.scene.post(this.lines, postback);
    this.answers.push({ at, tookMs: performance.now() - at, status });
    if (status === 200 || (status > 0 && status < 500) || tries >= MOST_TRIES) return;
    this.again.push({ postback, notBefore: performance.now() + RETRY_MS, tries: tries + 1 });
  }
}
