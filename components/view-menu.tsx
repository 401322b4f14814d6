import { useTranslations } from 'next-intl';
import type { ReactElement, ReactNode } from 'react';
import type { ColumnSet, ListName } from '@/lib/lists/define-list';
import { DENSITIES, type Layout, TIME_STYLES } from '@/lib/lists/layout';
import { Menu } from './menu';
import { Button } from './ui/button';

interface ViewMenuProps {
  readonly list: { readonly name: ListName; readonly columns: ColumnSet };
  readonly layout: Layout;
  readonly action: (form: FormData) => Promise<void>;
  /** The address of this list without its columns. */
  readonly here: string;
  /** Columns that are not for this person. */
  readonly without?: readonly string[];
}

/** How the list looks: remembered by this browser. */
export function ViewMenu({ list, layout, action, here, without = [] }: ViewMenuProps): ReactElement {
  const t = useTranslations('lists');
  const { all, fixed } = list.columns;
  return (
    <Menu small={t('view.label')} icon="sliders" label={t('view.label')}>
      <form action={action} className="grid w-64 max-w-full gap-3 p-1.5" key={JSON.stringify(layout)}>
        <input name="list" type="hidden" value={list.name} />
        <input name="back" type="hidden" value={here} />
        <Choice chosen={layout.density} label={t('view.density')} name="density" of={DENSITIES}>
          {(one) => t(`density.${one}`)}
        </Choice>
        <Choice chosen={layout.times} label={t('view.times')} name="times" of={TIME_STYLES}>
          {(one) => t(`times.${one}`)}
        </Choice>
        <fieldset>
          <legend className="mb-1 text-muted text-xs">{t('view.columns')}</legend>
          <div className="grid grid-cols-2 gap-x-3">
            {all
              .filter((name) => !without.includes(name))
              .map((name) => (
                <label className="flex h-7 items-center gap-2 truncate text-sm" key={name}>
                  <input
                    className="size-3.5 shrink-0 accent-accent"
                    defaultChecked={layout.columns.includes(name)}
                    disabled={name === fixed}
                    name="columns"
                    type="checkbox"
                    value={name}
                  />
                  <span className="truncate">{t(`column.${name}`)}</span>
                </label>
              ))}
          </div>
        </fieldset>
        <Button size="small" type="submit">
          {t('view.apply')}
        </Button>
      </form>
    </Menu>
  );
}

interface ChoiceProps<One extends string> {
  readonly label: string;
  readonly name: string;
  readonly of: readonly One[];
  readonly chosen: One;
  readonly children: (one: One) => ReactNode;
}

function Choice<One extends string>({ label, name, of, chosen, children }: ChoiceProps<One>): ReactElement {
  return (
    <fieldset>
      <legend className="mb-1 text-muted text-xs">{label}</legend>
      <div className="flex gap-0.5 rounded-control bg-sunken p-0.5">
        {of.map((one) => (
          <label
            className="flex h-7 flex-1 items-center justify-center rounded-[5px] font-medium text-muted text-xs hover:text-ink has-checked:bg-surface has-checked:text-ink has-checked:shadow-xs has-focus-visible:outline-2 has-focus-visible:outline-accent"
            key={one}
          >
            <input className="sr-only" defaultChecked={one === chosen} name={name} type="radio" value={one} />
            {children(one)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
