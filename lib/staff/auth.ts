import NextAuth, { CredentialsSignin, type NextAuthConfig, type NextAuthResult } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { z } from 'zod';
import { isUnavailable } from '@/lib/db/client';
import { getEnv } from '@/lib/env';
import { wellFormed } from '@/lib/text';
import { knownBrowser } from './known-browser';
import { LONGEST_DAYS } from './session-limits';
import { endSession, openSession, sessionIdOf, type Visitor } from './sessions';
import { memberByPassword } from './sign-in';
import { visitorOf } from './visitor';

/** The sign-in route of next-auth takes what anybody posts, past the form. */
const typed = z.object({ email: z.string().max(254).transform(wellFormed), password: z.string() });

/** What a session tells: the name the database knows it by. Who that is is read there on every request. */
const claims = z.object({ id: z.string() });
export type SessionClaims = z.infer<typeof claims>;

export function readClaims(session: unknown): SessionClaims | null {
  const result = z.object({ user: claims }).safeParse(session);
  return result.success ? result.data.user : null;
}

/** Which sentence a refused sign-in gets; next-auth puts it into the address where its own route was asked. */
export const REFUSALS = ['wrong', 'limited', 'unavailable'] as const;
export type Refusal = (typeof REFUSALS)[number];

export class SignInRefused extends CredentialsSignin {
  override code: Refusal;
  constructor(code: Refusal) {
    super();
    this.code = code;
  }
}

/** What the new session's cookie will carry. Both the form and next-auth's own route come through here. */
async function authorize(credentials: unknown, { headers }: Request): Promise<{ id: string }> {
  try {
    return { id: await enter(credentials, visitorOf(headers)) };
  } catch (error) {
    if (!isUnavailable(error)) throw error;
    console.error('Nobody can sign in: the database does not answer.', error);
    throw new SignInRefused('unavailable');
  }
}

async function enter(credentials: unknown, visitor: Visitor): Promise<string> {
  const input = typed.safeParse(credentials);
  if (!input.success) throw new SignInRefused('wrong');
  const { email, password } = input.data;
  const asker = { email, address: visitor.address, browser: await knownBrowser(email) };
  const result = await memberByPassword(asker, password);
  if (result.outcome !== 'right') throw new SignInRefused(result.outcome);
  return openSession(result.value, visitor);
}

function idOf(token: unknown): string | undefined {
  const result = z.object({ session: z.string() }).safeParse(token);
  return result.success ? sessionIdOf(result.data.session) : undefined;
}

/** Built when first needed: build workers have neither settings nor a database. */
async function config(): Promise<NextAuthConfig> {
  return {
    secret: getEnv().authSecret,
    trustHost: true,
    session: { strategy: 'jwt', maxAge: LONGEST_DAYS * 24 * 60 * 60 },
    pages: { signIn: '/sign-in', error: '/sign-in' },
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
        if (id !== undefined) await endSession(id);
      },
    },
    logger: {
      error: (error) => {
        // A wrong password is an answer, not an incident.
        if (!(error instanceof CredentialsSignin)) console.error(`Sign-in failed: ${error.name}`, error.cause ?? '');
      },
      warn: () => {},
    },
  };
}

const nextAuth: NextAuthResult = NextAuth(config);

export const { handlers, auth, signIn, signOut } = nextAuth;
