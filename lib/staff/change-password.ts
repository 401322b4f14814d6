import { actorOf, loggedAct } from '@/lib/audit/record';
import { getDatabase } from '@/lib/db/client';
import type { Access } from './access';
import { checkOwnPassword } from './own-password';
import { REVOKE_RESETS } from './password-resets';
import { hashPassword, passwordFingerprint } from './passwords';
import type { Asker } from './sign-in-limits';

/** The session it is done in goes on with the new password; every other one ends. */
const CHANGE = {
  name: 'change_password',
  text: `
    with changed as (
      update staff set password_hash = $2::text where id = $1::uuid and password_hash = $3::text returning id
    ),
    kept as (
      update sessions se set proof = $5::text from changed where se.staff_id = changed.id and se.id = $4::text
    ),
    ended as (
      delete from sessions se using changed where se.staff_id = changed.id and se.id <> $4::text
    ),
    ${REVOKE_RESETS},
    ${loggedAct(6, 'changed', `'password.change'`)}
    select id from changed`,
};

export interface PasswordChange {
  readonly old: string;
  readonly new: string;
}

/** `wrong`: the old one is, or it was changed meanwhile. */
export async function changePassword(
  access: Access,
  asker: Asker,
  passwords: PasswordChange,
  now?: Date,
): Promise<'right' | 'wrong' | 'limited'> {
  const result = await checkOwnPassword(access, asker, passwords.old, now);
  if (result.outcome !== 'right') return result.outcome;
  const made = await hashPassword(passwords.new);
  const database = await getDatabase();
  const changed = await database.run(CHANGE, [
    access.staffId,
    made,
    result.value.passwordHash,
    access.sessionId,
    passwordFingerprint(made),
    ...actorOf(access),
  ]);
  return changed.length === 0 ? 'wrong' : 'right';
}
