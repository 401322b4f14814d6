/** The languages of the screens; each has its folder in `messages/`. */
export const LANGUAGES = ['en', 'uk', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What the rules of numbers, dates and plurals are asked by: `pt` alone would be Brazil's, where nothing is singular. */
export const LANGUAGE_TAG = { en: 'en', uk: 'uk', pt: 'pt-PT' } as const satisfies Record<Language, string>;

/** Each in its own words, so that people find theirs whatever is chosen. */
export const LANGUAGE_NAME = { en: 'English', uk: 'Українська', pt: 'Português' } as const satisfies Record<
  Language,
  string
>;

export function toLanguage(text: string | null | undefined): Language | null {
  return LANGUAGES.find((language) => language === text) ?? null;
}

interface Wish {
  readonly language: Language | null;
  readonly weight: number;
}

/** The best-liked of ours in an `Accept-Language` header, English when it names none. */
export function languageFromHeader(header: string | null): Language {
  const wishes = (header ?? '').slice(0, 1000).split(',').map(toWish);
  const known = wishes.filter(({ language, weight }) => language !== null && weight > 0);
  // A stable sort: of two that are liked alike, the one named first.
  const [best] = known.sort((a, b) => b.weight - a.weight);
  return best?.language ?? 'en';
}

/** `pt-BR;q=0.8`: any Portuguese is nearer than English. Without a weight it counts whole, with a senseless one not at all. */
function toWish(part: string): Wish {
  const [range = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
  const [primary = ''] = range.split('-');
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const sense = weight === undefined ? 1 : Number(/^[01](\.\d{0,3})?$/.test(weight) ? weight : 0);
  return { language: toLanguage(primary), weight: Math.min(sense, 1) };
}
