import { writeText } from './ui/clipboard';

const SHOWN_FOR = 2000;

/** Copies what the clicked button stands for; false where there was none. */
export function answerCopy(target: EventTarget | null, done: () => void): boolean {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-copy]') : null;
  const value = button?.dataset.copy;
  if (!button || value === undefined) return false;
  void writeText(value).then(() => {
    button.dataset.copied = '';
    setTimeout(() => delete button.dataset.copied, SHOWN_FOR);
    done();
  });
  return true;
}
