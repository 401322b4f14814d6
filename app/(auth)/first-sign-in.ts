import { redirect } from 'next/navigation';
import { SignInRefused, signIn } from '@/lib/staff/auth';
import { rememberBrowser } from '@/lib/staff/known-browser';

/** Somebody whose account was just made comes in with it; where too many failed from here, by the form and later. */
export async function firstSignIn(email: string, password: string, home: string): Promise<never> {
  try {
    await signIn('credentials', { email, password, redirect: false });
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    redirect('/sign-in');
  }
  await rememberBrowser(email);
  redirect(home);
}
