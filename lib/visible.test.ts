import { describe, expect, it } from 'vitest';
import { clip, visible } from './visible';

describe('visible', () => {
  it.each([
    ['Іван Іваненко', 'Іван Іваненко'],
    ['שלום 👩‍👩‍👧 می‌خواهم', 'שלום 👩‍👩‍👧 می‌خواهم'],
    ['a\0b\u001b[31m\u007f', 'a␀b␛[31m␡'],
    ['one\ntwo\tthree\r', 'one\ntwo\tthree␍'],
    ['invoice\u202etxt.exe', 'invoice⟨U+202E⟩txt.exe'],
    ['a\u200b\u2066b\ufeff', 'a⟨U+200B⟩⟨U+2066⟩b⟨U+FEFF⟩'],
    ['\ud800x', '⟨U+D800⟩x'],
    ['\u{e0041}', '⟨U+E0041⟩'],
  ])('%j is shown as %s', (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('clips by characters, never through one', () => {
    expect(clip('short', 10)).toBe('short');
    expect(clip('👍'.repeat(8), 8)).toBe('👍'.repeat(8));
    expect(clip('👍'.repeat(9), 8)).toBe(`${'👍'.repeat(7)}…`);
    expect(clip('x'.repeat(50_000), 20)).toHaveLength(20);
  });
});

it('shows nobody the middle of a full card number', () => {
  expect(visible('order 4111 1111 1111 1111')).toBe('order 411111••••••1111');
});
