const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focus'] as const;

interface Handlers {
  readonly rest: () => void;
  readonly wake: () => void;
}

/** Says when nobody has touched the page for so long, and when somebody does again. */
export function watchAttention(restMs: number, { rest, wake }: Handlers, page: EventTarget = window): () => void {
  let touchedAt = Date.now();
  let resting = false;
  let timer = setTimeout(look, restMs);

  function look(): void {
    const left = touchedAt + restMs - Date.now();
    resting = left <= 0;
    if (resting) rest();
    else timer = setTimeout(look, left);
  }
  const touched = (): void => {
    touchedAt = Date.now();
    if (!resting) return;
    resting = false;
    timer = setTimeout(look, restMs);
    wake();
  };
  for (const sign of SIGNS) page.addEventListener(sign, touched, { passive: true });
  return () => {
    clearTimeout(timer);
    for (const sign of SIGNS) page.removeEventListener(sign, touched);
  };
}
