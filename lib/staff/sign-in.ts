import { isEmail } from './create';
import { passwordMatches } from './passwords';
import { findMemberByEmail, type Member } from './queries';
import { type Asker, type Limited, withinLimits } from './sign-in-limits';

/**
 * The member whose e-mail address and password these are. It costs the same whether there is such an account or not,
 * and past the limits nothing is looked up at all.
 */
export function memberByPassword(asker: Asker, password: string, now?: Date): Promise<Limited<Member>> {
  const check = async (): Promise<Member | null> => {
    const member = await findMember(asker.email.trim());
    const matches = await passwordMatches(member?.passwordHash ?? null, password);
    return matches ? member : null;
  };
  return withinLimits(asker, check, now);
}

/** The database and we agree about small letters only in what is an address: no other spelling finds an account. */
async function findMember(email: string): Promise<Member | null> {
  const member = await findMemberByEmail(email);
  return isEmail(email) ? member : null;
}
