'use client';

import { useRouter } from 'next/navigation';
import {
  type FocusEvent,
  type FormEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useRef,
  useState,
  useTransition,
} from 'react';

interface ApplyingFormProps {
  /** The values that the page shows now. */
  readonly address: string;
  /** The form's controls. */
  readonly fields: ReactNode;
  /** A summary of the file, and its download. */
  readonly summary: ReactNode;
  /** In the place of the summary until it is that of the form. */
  readonly waiting: ReactNode;
}

/** Long enough to type the rest of a date. */
const TYPING_MS = 800;
/** A year that is still being typed. */
const FIRST_DATE = '1900';

/**
 * A form that applies itself: a choice at once, text when typing pauses or the field is left. Until the summary belongs
 * to what the form says, there is none, so no download can be of an earlier choice. Without script a button applies it.
 */
export function ApplyingForm({ address, fields, summary, waiting }: ApplyingFormProps): ReactElement {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [isApplying, start] = useTransition();
  const [isChanged, setChanged] = useState(false);
  // Another address than the form's own, from a link or Back, fills the controls anew.
  const [shown, setShown] = useState({ address, isOwn: false, key: 0 });
  if (shown.address !== address) setShown({ address, isOwn: false, key: shown.isOwn ? shown.key : shown.key + 1 });

  const go = (href: string, isOwn: boolean): void => {
    clearTimeout(timer.current);
    setShown((now) => ({ ...now, isOwn }));
    start(() => {
      setChanged(false);
      router.replace(href, { scroll: false });
    });
  };
  const apply = (): void => {
    if (!form.current) return;
    const given = [...new FormData(form.current)].flatMap(([name, value]) =>
      value === '' ? [] : [[name, String(value)]],
    );
    const href = `/exports?${new URLSearchParams(given)}`;
    go(href, true);
  };
  const onChange = ({ target }: FormEvent<HTMLFormElement>): void => {
    clearTimeout(timer.current);
    setChanged(true);
    if (!isTyped(target)) apply();
    else if (target.type !== 'date' || target.value === '' || target.value >= FIRST_DATE) {
      timer.current = setTimeout(apply, TYPING_MS);
    }
  };
  const onBlur = ({ target }: FocusEvent): void => {
    if (isChanged && isTyped(target)) apply();
  };
  /** The links among the controls lead to this page too, and the summary waits for them alike. */
  const onClick = (event: MouseEvent<HTMLFormElement>): void => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const href = link?.getAttribute('href');
    if (!href?.startsWith('/exports') || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(href, false);
  };
  const onHydrated = useRef(apply);
  useEffect(() => {
    // Nobody heard a choice that was made before this script ran, on a slow connection or by going back.
    if (form.current && isChangedByHand(form.current)) onHydrated.current();
    return () => clearTimeout(timer.current);
  }, []);

  return (
    <>
      <form
        action="/exports"
        key={shown.key}
        onBlur={onBlur}
        onChange={onChange}
        onClickCapture={onClick}
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
        ref={form}
      >
        {fields}
      </form>
      <div className="grid lg:col-start-2 lg:row-span-2 lg:row-start-1">
        {isApplying || isChanged ? waiting : summary}
      </div>
    </>
  );
}

/** True when a control has another value than the one that the server drew. */
function isChangedByHand(form: HTMLFormElement): boolean {
  return [...form.elements].some((control) => {
    if (control instanceof HTMLSelectElement) {
      const drawn = [...control.options].find(({ defaultSelected }) => defaultSelected) ?? control.options[0];
      return drawn !== control.selectedOptions[0];
    }
    if (!(control instanceof HTMLInputElement)) return false;
    return control.type === 'checkbox' || control.type === 'radio'
      ? control.checked !== control.defaultChecked
      : control.value !== control.defaultValue;
  });
}

function isTyped(target: EventTarget): target is HTMLInputElement {
  return target instanceof HTMLInputElement && target.type !== 'checkbox';
}
