import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import type { Access } from '@/lib/staff/access';
import { destinationsOf } from '../destinations';
import { Shortcuts } from './shortcuts';

/** The keys that work on every screen, and their help. */
export async function Keyboard({ access }: { readonly access: Access }): Promise<ReactElement> {
  const t = await getTranslations();
  const places = destinationsOf(access).flatMap(({ key, href, name }) => (key ? [{ key, href, name }] : []));
  const lines: readonly (readonly [keys: readonly string[], joined: string, does: string])[] = [
    [['/', 'Ctrl K'], t('shortcuts.or'), t('shortcuts.search')],
    [['j', 'k'], '', t('shortcuts.move')],
    [['x'], '', t('shortcuts.select')],
    [['Enter'], '', t('shortcuts.openRow')],
    [['Esc'], '', t('shortcuts.back')],
    ...places.map(
      ({ key, name }) => [['g', key], t('shortcuts.then'), t('shortcuts.goTo', { place: t(`nav.${name}`) })] as const,
    ),
    [['?'], '', t('shortcuts.help')],
  ];
  return (
    <Shortcuts
      close={t('shortcuts.close')}
      places={Object.fromEntries(places.map(({ key, href }) => [key, href]))}
      title={t('shortcuts.title')}
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-4 gap-y-2 text-sm">
        {lines.map(([keys, joined, does]) => (
          <div className="contents" key={does}>
            <dt className="flex items-center gap-1.5 text-muted text-xs">
              {keys.map((key, index) => (
                <span className="contents" key={key}>
                  {index > 0 && joined ? <span>{joined}</span> : null}
                  <kbd className="rounded border border-line bg-sunken px-1.5 py-0.5 font-sans text-ink">{key}</kbd>
                </span>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Shortcuts>
  );
}
