import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { Icon } from '@/components/ui/icon';
import { INVOICE_STATUSES } from '@/lib/invoices/status';
import { KEPT_OUTCOMES } from '@/lib/postbacks/outcome';
import { KINDS, type Kind } from '@/lib/search/terms';
import { type Access, may } from '@/lib/staff/access';
import { getTimeZone } from '@/lib/staff/queries';
import { SearchBox } from './search-box';
import type { SearchWords } from './search-words';

/** One box over everything, with its words from the server. */
export async function Search({ access }: { readonly access: Access }): Promise<ReactElement> {
  const [t, status, cash, outcome, locale, zone] = await Promise.all([
    getTranslations('search'),
    getTranslations('invoices.status'),
    getTranslations('invoices.cash'),
    getTranslations('postbacks.outcome'),
    getLocale(),
    getTimeZone(),
  ]);
  const kinds = Object.keys(KINDS) as Kind[];
  const words: SearchWords = {
    label: t('label'),
    placeholder: t('placeholder'),
    hint: t('hint'),
    none: t('none'),
    noneNext: t('noneNext'),
    claims: t('claims'),
    unverified: t('unverified'),
    allClaims: t('allClaims'),
    outcomes: Object.fromEntries(KEPT_OUTCOMES.map((word) => [word, outcome(word)])),
    toPostbacks: may(access, 'seePostbacks') ? t('toPostbacks') : null,
    failed: t('failed'),
    signedOut: t('signedOut'),
    all: t('all'),
    more: t('more'),
    test: t('test'),
    noOrder: t('noOrder'),
    kinds: Object.fromEntries(kinds.map((kind) => [kind, t(`kinds.${kind}`)])) as SearchWords['kinds'],
    statuses: Object.fromEntries(INVOICE_STATUSES.map((word) => [word, status(word)])),
    cash: { expected: cash('expected'), collected: cash('collected'), refused: cash('refused') },
  };
  return (
    <SearchBox label={t('open')} locale={locale} words={words} zone={zone}>
      <Icon name="search" size={16} />
    </SearchBox>
  );
}
