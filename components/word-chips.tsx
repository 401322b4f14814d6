import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { Chips } from './chips';

interface WordChipsProps<Word extends string> {
  readonly label: string;
  readonly words: readonly Word[];
  readonly chosen: readonly Word[];
  readonly counts: ReadonlyMap<Word, { readonly count: number; readonly more: boolean }>;
  readonly hrefOf: (chosen: readonly Word[]) => string;
  readonly wordOf: (word: Word) => string;
}

/** Beyond this a number says "more". */
const MOST = 999;

/** One chip for each word that occurs, several at once if wanted, and one for all of them. */
export function WordChips<Word extends string>(props: WordChipsProps<Word>): ReactElement {
  const { label, words, chosen, counts, hrefOf, wordOf } = props;
  const t = useTranslations('invoices.filter');
  const all = [...counts.values()];
  const total = all.reduce((sum, { count }) => sum + count, 0);
  const everything = {
    key: '',
    href: hrefOf([]),
    label: t('all'),
    count: Math.min(total, MOST),
    more: total > MOST || all.some(({ more }) => more),
    current: chosen.length === 0,
  };
  const chips = words
    .filter((word) => counts.has(word) || chosen.includes(word))
    .map((word) => {
      const current = chosen.includes(word);
      const next = current ? chosen.filter((other) => other !== word) : [...chosen, word];
      return { key: word, href: hrefOf(next), label: wordOf(word), current, count: 0, ...counts.get(word) };
    });
  return <Chips chips={[everything, ...chips]} label={label} />;
}
