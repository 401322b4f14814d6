import NextAuth, { CredentialsSignin, type NextAuthConfig, type NextAuthResult } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import { z } from 'zod';
import { getEnv } from '@/lib/env';
import { wellFormed } from '@/lib/text';
import { passwordFingerprint, passwordMatches } from './passwords';
import { findMemberByEmail } from './queries';

declare module 'next-auth' {
  interface User {
    /** Which password the session was opened with. */
    proof?: string;
  }
}

/** The sign-in route of next-auth takes what anybody posts, past the form. */
const typed = z.object({ email: z.string().max(254).transform(wellFormed), password: z.string() });

const TWO_WEEKS = 14 * 24 * 60 * 60;

/** What a session holds: who, and by which password. Everything else is read from the database on every request. */
const claims = z.object({ id: z.uuid(), proof: z.string() });
export type SessionClaims = z.infer<typeof claims>;

export function readClaims(session: unknown): SessionClaims | null {
  const result = z.object({ user: claims }).safeParse(session);
  return result.success ? result.data.user : null;
}

async function authorize(credentials: unknown): Promise<{ id: string; proof: string } | null> {
  const input = typed.safeParse(credentials);
  if (!input.success) return null;
  const member = await findMemberByEmail(input.data.email.trim());
  const matches = await passwordMatches(member?.passwordHash ?? null, input.data.password);
  return member && matches ? { id: member.id, proof: passwordFingerprint(member.passwordHash) } : null;
}

/** Built when first needed: build workers have neither settings nor a database. */
async function config(): Promise<NextAuthConfig> {
  return {
    secret: getEnv().authSecret,
    trustHost: true,
    session: { strategy: 'jwt', maxAge: TWO_WEEKS },
    pages: { signIn: '/sign-in', error: '/sign-in' },
    providers: [Credentials({ credentials: { email: {}, password: { type: 'password' } }, authorize })],
    callbacks: {
      jwt: ({ token, user }) => {
        if (!user) return token;
        return { sub: user.id, proof: user.proof };
      },
      // Next-auth would add name, e-mail and picture; a session tells nobody who is signed in.
      session: ({ session, token }) => ({
        expires: session.expires,
        user: { id: token.sub, proof: typeof token.proof === 'string' ? token.proof : undefined },
      }),
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
