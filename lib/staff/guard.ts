import { headers } from 'next/headers';
import { forbidden } from 'next/navigation';
import { type Access, may, type Right } from './access';
import { isSameOrigin } from './same-origin';
import { requireStaff } from './session';

/** For pages: signed out → sign-in, without the right → 403. */
export async function requireRight(right: Right): Promise<Access> {
  const access = await requireStaff();
  if (!may(access, right)) forbidden();
  return access;
}

/** The first line of every server action: it can be called by anybody, without the page around it. */
export async function guardAct(right: Right): Promise<Access> {
  await refuseForeignOrigin();
  return requireRight(right);
}

/** For actions that anybody may call: signing in, the first run, the theme. */
export async function refuseForeignOrigin(): Promise<void> {
  if (!isSameOrigin(await headers())) forbidden();
}
