import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchAttention } from './live-attention';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function watch(): { readonly page: EventTarget; readonly said: string[]; readonly stop: () => void } {
  const page = new EventTarget();
  const said: string[] = [];
  const stop = watchAttention(1_000, { rest: () => said.push('rest'), wake: () => said.push('wake') }, page);
  return { page, said, stop };
}

it('rests once nobody has touched the page for so long, counted from the last touch', () => {
  const { page, said } = watch();
  vi.advanceTimersByTime(900);
  page.dispatchEvent(new Event('pointermove'));
  vi.advanceTimersByTime(999);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['rest']);
  vi.advanceTimersByTime(10_000);
  expect(said).toEqual(['rest']);
});

it('wakes at the first touch, and rests again', () => {
  const { page, said } = watch();
  vi.advanceTimersByTime(1_000);
  page.dispatchEvent(new Event('keydown'));
  page.dispatchEvent(new Event('keydown'));
  expect(said).toEqual(['rest', 'wake']);
  vi.advanceTimersByTime(1_000);
  expect(said).toEqual(['rest', 'wake', 'rest']);
});

it('leaves nothing behind', () => {
  const { page, said, stop } = watch();
  stop();
  vi.advanceTimersByTime(5_000);
  page.dispatchEvent(new Event('keydown'));
  expect(said).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});
