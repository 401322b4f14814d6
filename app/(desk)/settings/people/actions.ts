'use server';

import { getTranslations } from 'next-intl/server';
import { textOf } from '@/components/ui/form-state';
import { recordAct } from '@/lib/audit/record';
import { isUuid } from '@/lib/cursor';
import { erasePeople } from '@/lib/retention/erase-person';
import { type FoundPerson, findPeople } from '@/lib/retention/find-person';
import type { Access } from '@/lib/staff/access';
import { guardAct } from '@/lib/staff/guard';
import { hasRecentPassword } from '@/lib/staff/recent-password';
import { visible } from '@/lib/visible';

/** One person that was found, ready to be shown. */
export interface Choice {
  /** Their invoices' ids. */
  readonly value: string;
  readonly name: string;
  readonly contact: string;
  readonly facts: string;
}

export interface EraseState {
  readonly turn: number;
  readonly tone: 'good' | 'bad' | null;
  readonly text: string;
  readonly choices: readonly Choice[];
}

/** First finds, then erases what was chosen. Nothing that was typed stands in an address or a log. */
export async function eraseStep(state: EraseState, form: FormData): Promise<EraseState> {
  const access = await guardAct('managePeopleData');
  const t = await getTranslations('retention.people');
  const told = (tone: EraseState['tone'], text: string, choices: readonly Choice[] = []): EraseState => ({
    turn: state.turn + 1,
    tone,
    text,
    choices,
  });
  if (!(await hasRecentPassword(access))) return told('bad', t('locked'));
  if (textOf(form, 'intent') === 'erase') {
    const ids = form.getAll('person').flatMap((value) => (typeof value === 'string' ? value.split(',') : []));
    if (ids.length === 0) return told('bad', t('chooseOne'), state.choices);
    return told('good', t('done', { ...(await erasePeople(access, ids.filter(isUuid))) }));
  }
  const text = textOf(form, 'text').trim();
  if (text === '') return told('bad', t('empty'));
  return find(access, text, told);
}

async function find(
  access: Access,
  text: string,
  told: (tone: EraseState['tone'], text: string, choices?: readonly Choice[]) => EraseState,
): Promise<EraseState> {
  const t = await getTranslations('retention.people');
  const { people, more } = await findPeople(access, text);
  await recordAct(access, { action: 'person.find', detail: { found: people.length } });
  if (more) return told('bad', t('more'));
  if (people.length === 0) return told('bad', t('none'));
  const toChoice = ({ identity, invoices, bodies, projects }: FoundPerson): Choice => ({
    value: invoices.join(','),
    name: visible(identity.names.join(', ')) || t('unnamed'),
    contact: visible([...identity.phones, ...identity.emails].join(', ')),
    facts: t('facts', { invoices: invoices.length, bodies, projects: projects.map(visible).join(', ') }),
  });
  return told(null, t('choose'), people.map(toChoice));
}
