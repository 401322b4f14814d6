import { useTranslations } from 'next-intl';
import type { ReactElement } from 'react';
import { TEST_CHOICES, type TestChoice } from '@/lib/invoices/filter';
import { Field } from './ui/field';
import { Input, Select } from './ui/input';

interface AmountAndTestProps {
  readonly min: string | null;
  readonly max: string | null;
  readonly test: TestChoice;
}

/** Between which amounts, and whether test rows are there. */
export function AmountAndTest({ min, max, test }: AmountAndTestProps): ReactElement {
  const t = useTranslations('invoices.filter');
  return (
    <>
      <Field label={t('min')} name="min">
        {(control) => <Input {...control} defaultValue={min ?? ''} inputMode="decimal" />}
      </Field>
      <Field label={t('max')} name="max">
        {(control) => <Input {...control} defaultValue={max ?? ''} inputMode="decimal" />}
      </Field>
      <TestField test={test} />
    </>
  );
}

const TEST_WORD = { include: 'testInclude', only: 'testOnly', exclude: 'testExclude' } as const;

export function TestField({ test }: { readonly test: TestChoice }): ReactElement {
  const t = useTranslations('invoices.filter');
  return (
    <Field label={t('test')} name="test">
      {(control) => (
        <Select {...control} defaultValue={test === 'include' ? '' : test}>
          {TEST_CHOICES.map((choice) => (
            <option key={choice} value={choice === 'include' ? '' : choice}>
              {t(TEST_WORD[choice])}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
