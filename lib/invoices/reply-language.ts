import type { Language } from '@/lib/language';

/** The languages in which customers are answered; more than the screens have. */
export const REPLY_LANGUAGES = ['uk', 'en', 'pt', 'ru'] as const;
export type ReplyLanguage = (typeof REPLY_LANGUAGES)[number];

/** What the rules of numbers and dates are asked by. */
export const REPLY_LANGUAGE_TAG = { uk: 'uk', en: 'en', pt: 'pt-PT', ru: 'ru' } as const satisfies Record<
  ReplyLanguage,
  string
>;

/** Each in its own words. */
export const REPLY_LANGUAGE_NAME = {
  uk: 'Українська',
  en: 'English',
  pt: 'Português',
  ru: 'Русский',
} as const satisfies Record<ReplyLanguage, string>;

/** The cookie in which a browser remembers the last choice for each project: `<project>.uk_<project>.ru`, newest first. */
export const REPLY_COOKIE = 'tillbell-reply';
const MAX_REMEMBERED = 20;

/** What was last chosen for this project, else the language of NovaPay's country, else the reader's own. */
export function replyLanguage(
  cookie: string,
  project: { readonly id: string; readonly provider: string },
  reader: Language,
): ReplyLanguage {
  const remembered = entriesOf(cookie).find(([id]) => id === shortId(project.id))?.[1];
  const known = REPLY_LANGUAGES.find((language) => language === remembered);
  return known ?? (project.provider === 'novapay' ? 'uk' : reader);
}

/** The cookie with a new choice for a project. */
export function withReplyLanguage(cookie: string, projectId: string, language: ReplyLanguage): string {
  const id = shortId(projectId);
  const others = entriesOf(cookie).filter(([other]) => other !== id);
  const kept = [[id, language] as const, ...others].slice(0, MAX_REMEMBERED);
  return kept.map(([one, chosen]) => `${one}.${chosen}`).join('_');
}

function entriesOf(cookie: string): readonly (readonly [string, string])[] {
  return [...cookie.matchAll(/([0-9a-f]{8})\.([a-z]{2})(?=_|$)/g)].map(([, id = '', language = '']) => [id, language]);
}

function shortId(id: string): string {
  return id.slice(0, 8).toLowerCase();
}
