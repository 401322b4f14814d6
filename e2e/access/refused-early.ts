import type { Answered } from '../http';
import { ROUTES } from './table';

/** What next-auth would write into the log as an error, for a stranger too. */
const NO_ACTIONS = [
  ['GET', 'nonsense'],
  ['POST', 'nonsense'],
  ['GET', 'callback/google'],
  ['GET', 'callback/credentials'],
  ['POST', 'signin/google'],
  ['POST', 'csrf'],
  ['POST', 'session'],
  ['GET', 'session/x/y'],
  ['GET', 'webauthn-options/x'],
] as const;

/** Ends of a path that are no percent-encoded UTF-8, which Next answers with 500 where it looks for a parameter. */
const UNREADABLE = ['%', '%E0%A4%A', '%ff', '%zz'];

export async function wrongRefusals(
  ask: (method: string, path: string) => Promise<Answered>,
): Promise<readonly string[]> {
  const wrong: string[] = [];
  const expectStatus = async (status: number, method: string, path: string): Promise<void> => {
    const answer = await ask(method, path);
    if (answer.status !== status) wrong.push(`${method} ${path} answers ${answer.status}`);
  };
  for (const [method, action] of NO_ACTIONS) await expectStatus(404, method, `/api/auth/${action}`);
  for (const { path } of ROUTES) {
    const above = path.split('?', 1)[0]?.replace(/[^/]*$/, '') ?? '';
    for (const end of UNREADABLE)
      if (!above.startsWith('/api/postbacks')) await expectStatus(400, 'GET', `${above}${end}`);
    if (!above.startsWith('/api/postbacks')) await expectStatus(405, 'TRACE', path);
  }
  return wrong;
}
