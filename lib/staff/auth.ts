import { headers } from 'next/headers';
import { after } from 'next/server';
import NextAuth, { AuthError, CredentialsSignin, type NextAuthConfig, type NextAuthResult } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { z } from 'zod';
import { originOf } from '@/lib/audit/request-origin';
import { isUnavailable } from '@/lib/db/client';
import { getEnv } from '@/lib/env';
import { log } from '@/lib/log/log';
import { wellFormed } from '@/lib/text';
import { isOverTls } from './guarded-cookie';
import { knownBrowser } from './known-browser';
import type { Member } from './queries';
import { hasSecondFactor, takeCode } from './second-factor';
import { readTicket, writeTicket } from './second-step';
import { LONGEST_DAYS } from './session-limits';
import { endSession, openSession, sessionIdOf, type Visitor } from './sessions';
import { memberByPassword } from './sign-in';
import { type Asker, withinLimits } from './sign-in-limits';
import { visitorOf } from './visitor';

/** The sign-in route of next-auth takes what anybody posts, past the form: a password, and a code where one is asked for. */
const typed = z.object({
  email: z.string().max(254).transform(wellFormed),
  password: z.string(),
  code: z.string().max(100).optional(),
});

/** The form's second step: that the password was right, and the code. */
const secondStep = z.object({ ticket: z.string().max(200), code: z.string().max(100) });

/** What a session tells: the name the database knows it by. Who that is is read there on every request. */
const claims = z.object({ id: z.string() });
export type SessionClaims = z.infer<typeof claims>;

export function readClaims(session: unknown): SessionClaims | null {
  const result = z.object({ user: claims }).safeParse(session);
  return result.success ? result.data.user : null;
}

/** Which sentence a refused sign-in gets; next-auth puts it into the address where its own route was asked. */
export type Refusal = 'wrong' | 'limited' | 'unavailable' | 'code_needed' | 'code_wrong' | 'step_over';

export class SignInRefused extends CredentialsSignin {
  override code: Refusal;
  /** With `code_needed`: what the form's second step begins with. */
  readonly ticket: string;
  constructor(code: Refusal, ticket = '') {
    super();
    this.code = code;
    this.ticket = ticket;
  }
}

/** What the new session's cookie will carry. Both the form and next-auth's own route come through here. */
async function authorize(credentials: unknown, { headers }: Request): Promise<{ id: string }> {
  try {
    return { id: await enter(credentials, visitorOf(headers)) };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    log('error', 'Nobody can sign in: the database does not answer', { error });
    throw new SignInRefused('unavailable');
  }
}

async function enter(credentials: unknown, visitor: Visitor): Promise<string> {
  const step = secondStep.safeParse(credentials);
  if (step.success) return enterByCode(await readTicket(step.data.ticket), step.data.code, visitor);
  const input = typed.safeParse(credentials);
  if (!input.success) throw new SignInRefused('wrong');
  const { email, password, code } = input.data;
  const result = await memberByPassword(await askerOf(email, visitor), password);
  if (result.outcome !== 'right') throw new SignInRefused(result.outcome);
  const member = result.value;
  if (!(await hasSecondFactor(member.id))) return openSession(member, visitor);
  if (code === undefined) throw new SignInRefused('code_needed', await writeTicket(member));
  return enterByCode(member, code, visitor);
}

async function enterByCode(member: Member | null, code: string, visitor: Visitor): Promise<string> {
  if (!member) throw new SignInRefused('step_over');
  const check = async (): Promise<true | null> => ((await takeCode(member.id, code)) ? true : null);
  const { outcome } = await withinLimits(await askerOf(member.email, visitor), check, new Date(), 'code');
  if (outcome !== 'right') throw new SignInRefused(outcome === 'wrong' ? 'code_wrong' : outcome);
  return openSession(member, visitor);
}

async function askerOf(email: string, { address, requestId = null }: Visitor): Promise<Asker> {
  return { email, address, requestId, browser: await knownBrowser(email), after };
}

/** What anybody can cause is an answer, not an incident: a wrong password, a form without its token, a cookie that is none. */
const ANSWERS: ReadonlySet<string> = new Set(['MissingCSRF', 'JWTSessionError']);

function isAnswer(error: Error): boolean {
  return error instanceof CredentialsSignin || (error instanceof AuthError && ANSWERS.has(error.type));
}

function idOf(token: unknown): string | undefined {
  const result = z.object({ session: z.string() }).safeParse(token);
  return result.success ? sessionIdOf(result.data.session) : undefined;
}

/** Next-auth's own is `__Secure-`, which a neighbouring host may set. */
const SESSION_OVER_TLS = {
  name: '__Host-authjs.session-token',
  options: { httpOnly: true, sameSite: 'lax', path: '/', secure: true },
} as const;

/** Built when first needed: build workers have neither settings nor a database. */
async function config(): Promise<NextAuthConfig> {
  return {
    secret: getEnv().authSecret,
    trustHost: true,
    ...((await isOverTls()) ? { cookies: { sessionToken: SESSION_OVER_TLS } } : {}),
    session: { strategy: 'jwt', maxAge: LONGEST_DAYS * 24 * 60 * 60 },
    // Every page that next-auth would draw is one of ours.
    pages: { signIn: '/sign-in', signOut: '/sign-out', error: '/sign-in', verifyRequest: '/sign-in', newUser: '/' },
    providers: [Credentials({ credentials: { email: {}, password: { type: 'password' } }, authorize })],
    callbacks: {
      // The cookie is encrypted and carries nothing but which session it is.
      jwt: ({ token, user }) => (user ? { session: user.id } : token),
      // Next-auth would add name, e-mail and picture; a session tells nobody who is signed in, nor what its cookie holds.
      session: ({ session, token }) => ({ expires: session.expires, user: { id: idOf(token) } }),
    },
    events: {
      signOut: async (message) => {
        const id = 'token' in message ? idOf(message.token) : undefined;
        if (id !== undefined) await endSession(id, originOf(await headers()));
      },
    },
    logger: {
      error: (error) => {
        if (!isAnswer(error)) log('error', 'A sign-in failed', { error });
      },
      warn: () => {},
    },
  };
}

const nextAuth: NextAuthResult = NextAuth(config);

export const { handlers, auth, signIn, signOut } = nextAuth;
