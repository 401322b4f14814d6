import type { useTranslations } from 'next-intl';
import { isEmail, LONGEST_EMAIL } from '@/lib/staff/create';
import { LONGEST_PASSWORD, passwordFlaw, SHORTEST_PASSWORD } from '@/lib/staff/passwords';
import { type Limited, MINUTES } from '@/lib/staff/sign-in-limits';

type Words = ReturnType<typeof useTranslations<'formProblem'>>;

/** What is wrong with an entry, in a sentence of its own for nothing, too much and what is malformed; null: nothing is. */
export type Problem = string | null;

export function nameProblem(t: Words, name: string, most: number): Problem {
  if (name === '') return t('nameEmpty');
  return name.length > most ? t('nameLong', { most, count: name.length }) : null;
}

export function emailProblem(t: Words, email: string): Problem {
  if (email === '') return t('emailEmpty');
  if (email.length > LONGEST_EMAIL) return t('emailLong', { most: LONGEST_EMAIL });
  return isEmail(email) ? null : t('emailMalformed');
}

export async function newPasswordProblem(t: Words, password: string): Promise<Problem> {
  const count = password.length;
  if (count === 0) return t('newPasswordEmpty');
  const flaw = await passwordFlaw(password);
  if (flaw === 'short') return t('passwordShort', { least: SHORTEST_PASSWORD, count });
  if (flaw === 'long') return t('passwordLong', { most: LONGEST_PASSWORD, count });
  return flaw === 'common' ? t('passwordCommon') : null;
}

/** One's own password, which `check` compares; nothing entered is no failed attempt. */
export async function passwordProblem(
  t: Words,
  entered: string,
  check: (entered: string) => Promise<Limited<unknown>['outcome']>,
): Promise<Problem> {
  if (entered === '') return t('passwordEmpty');
  const outcome = await check(entered);
  if (outcome === 'right') return null;
  return outcome === 'wrong' ? t('passwordWrong') : t('passwordLimited', { minutes: MINUTES });
}

/** Those fields that have one; null: none has. */
export function wrongFields(problems: Readonly<Record<string, Problem>>): Readonly<Record<string, string>> | null {
  const wrong = Object.entries(problems).flatMap(([name, problem]) => (problem === null ? [] : [[name, problem]]));
  return wrong.length > 0 ? Object.fromEntries(wrong) : null;
}
