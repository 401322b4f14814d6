import { randomUUID } from 'node:crypto';
import { getTranslations } from 'next-intl/server';
import type { ReactElement, ReactNode } from 'react';
import type { Clock } from '@/components/clock-props';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { MAX_DONE_NOTE } from '@/lib/invoices/done-marks';
import { MOST_WAITING, QUEUE_KINDS, type QueueKind } from '@/lib/overview/queue';
import type { Access } from '@/lib/staff/access';
import { markAsDone } from './actions';
import { DoneForm } from './done-form';
import { GroupSection } from './group';
import { loadGroup } from './load';

const SHOWN = 5;

interface QueueProps {
  readonly access: Access;
  readonly clock: Clock;
}

/** What nobody but a person can settle, the most urgent first, each with the way to it. */
export async function Queue({ access, clock }: QueueProps): Promise<ReactElement> {
  const [t, ...groups] = await Promise.all([
    getTranslations('overview.queue'),
    ...QUEUE_KINDS.map((kind) => loadGroup(kind, { access, clock, limit: SHOWN })),
  ]);
  const waiting = groups.filter(({ count }) => count > 0);
  return (
    <QueueForm>
      {waiting.length === 0 ? (
        <Nothing text={t('none')} title={t('noneTitle')} />
      ) : (
        <Card padded={false} title={t('title')}>
          {waiting.map((group) => (
            <GroupSection clock={clock} group={group} key={group.kind} />
          ))}
        </Card>
      )}
    </QueueForm>
  );
}

/** All of one kind, on a page of its own. */
export async function WholeQueue({
  access,
  clock,
  kind,
}: QueueProps & { readonly kind: QueueKind }): Promise<ReactElement> {
  const [t, group] = await Promise.all([
    getTranslations('overview.queue'),
    loadGroup(kind, { access, clock, limit: MOST_WAITING }),
  ]);
  return (
    <QueueForm>
      <Card padded={false}>
        {group.count > 0 ? (
          <GroupSection clock={clock} group={group} />
        ) : (
          <EmptyState icon="circle-check" title={t('noneTitle')}>
            {t('noneOfKind')}
          </EmptyState>
        )}
      </Card>
    </QueueForm>
  );
}

async function QueueForm({ children }: { readonly children: ReactNode }): Promise<ReactElement> {
  const t = await getTranslations('done');
  return (
    <DoneForm
      action={markAsDone}
      firstId={randomUUID()}
      maxNote={MAX_DONE_NOTE}
      words={{
        selected: t.raw('selected'),
        note: t('note'),
        submit: t('submit'),
        clear: t('clear'),
        undo: t('undo'),
      }}
    >
      {children}
    </DoneForm>
  );
}

function Nothing({ title, text }: { readonly title: string; readonly text: string }): ReactElement {
  return (
    <section className="flex items-center gap-3 rounded-panel border border-line bg-surface px-4 py-3.5 shadow-panel">
      <span className="grid size-9 shrink-0 place-items-center rounded-full bg-good-soft text-good">
        <Icon name="circle-check" size={18} />
      </span>
      <div className="min-w-0">
        <h2 className="font-semibold text-sm">{title}</h2>
        <p className="text-muted text-sm">{text}</p>
      </div>
    </section>
  );
}
