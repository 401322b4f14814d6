/** Over HTTP as the browser does, without one; the cookies of a session. */
export async function signIn(address: string, email: string, password: string): Promise<string> {
  const asked = await fetch(`${address}/api/auth/csrf`);
  const { csrfToken }: { csrfToken: string } = await asked.json();
  const answered = await fetch(`${address}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { cookie: cookiesOf(asked) },
    body: new URLSearchParams({ email, password, csrfToken }),
    redirect: 'manual',
  });
  return cookiesOf(answered);
}

function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
