'use client';

import { useRouter } from 'next/navigation';
import type { ReactElement, ReactNode, SubmitEvent } from 'react';

interface AddressFormProps {
  /** Where it leads: a path of ours. */
  readonly action: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/**
 * A form whose fields become an address, with or without script. With script the address has no blank fields: the server
 * would answer those with a redirect, and React begins a page anew after one, with all that was chosen or typed meanwhile.
 */
export function AddressForm({ action, className, children }: AddressFormProps): ReactElement {
  const router = useRouter();
  const go = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = [...new FormData(event.currentTarget)].flatMap(([name, value]) =>
      typeof value !== 'string' || value === '' ? [] : [[name, value]],
    );
    const query = new URLSearchParams(given).toString();
    router.push(query === '' ? action : `${action}?${query}`, { scroll: false });
  };
  return (
    <form action={action} className={className} onSubmit={go}>
      {children}
    </form>
  );
}
