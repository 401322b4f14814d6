import { headers } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import type { ReactElement } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { Card } from '@/components/ui/card';
import { CopyButton } from '@/components/ui/copy-button';
import { Icon } from '@/components/ui/icon';
import { filePath } from '@/lib/exports/address';
import { filesNeeded } from '@/lib/exports/ask';
import { countIncluded, countLeftOut, type Included, type LeftOut } from '@/lib/exports/counts';
import { fileStem } from '@/lib/exports/file-name';
import type { ExportRequest } from '@/lib/exports/request';
import { addUp } from '@/lib/exports/totals';
import { publicOrigin } from '@/lib/projects/public-address';
import type { Access } from '@/lib/staff/access';
import { hasRecentPassword } from '@/lib/staff/recent-password';
import { ControlTotals } from './control-totals';
import { PasswordAgain } from './password-again';

interface SummaryProps {
  readonly access: Access;
  readonly request: ExportRequest;
  readonly query: URLSearchParams;
}

/** How many rows, what is left out, what it adds up to; then the file. */
export async function Summary({ access, request, query }: SummaryProps): Promise<ReactElement> {
  const [{ rows, totals }, leftOut, included, files, unlocked, t] = await Promise.all([
    addUp(access, request),
    countLeftOut(access, request),
    countIncluded(access, request),
    filesNeeded(access, request),
    request.people ? hasRecentPassword(access) : true,
    getTranslations('exports'),
  ]);
  const asked = new URLSearchParams(query);
  if (files > 1) asked.set('format', 'zip');
  const format = files > 1 ? 'zip' : request.format;
  return (
    <Card title={t('summary.title')}>
      <div className="grid gap-4">
        <div>
          <p className="font-medium text-ink">{t('summary.rows', { count: rows })}</p>
          {files > 1 ? (
            <p className="mt-1 text-muted text-sm">
              {t('summary.files', { count: files, preset: t(`preset.${request.preset}`) })}
            </p>
          ) : null}
          <Remarks
            included={included}
            leftOut={leftOut}
            money={request.view === 'invoices' || request.view === 'transactions'}
          />
        </div>
        <ControlTotals totals={totals} />
        {unlocked ? (
          <Download format={format} path={filePath(request.view, asked)} stem={fileStem(request)} />
        ) : (
          <PasswordAgain />
        )}
      </div>
    </Card>
  );
}

const REASONS = ['test', 'expected', 'unmoved', 'unpriced'] as const;

interface RemarksProps {
  readonly leftOut: LeftOut;
  readonly included: Included;
  readonly money: boolean;
}

/** Notes on the file that a reader needs before the download. */
async function Remarks({ leftOut, included, money }: RemarksProps): Promise<ReactElement | null> {
  const t = await getTranslations('exports.summary');
  const lines = [
    ...REASONS.map((reason) => [reason === 'test' && !money ? 'testRows' : reason, leftOut[reason]] as const),
    ['testIncluded', included.test] as const,
    ['expectedIncluded', included.expected] as const,
    ['withoutUsd', included.withoutUsd] as const,
  ].filter(([, count]) => count > 0);
  if (lines.length === 0) return null;
  return (
    <ul className="mt-1 grid gap-0.5 text-muted text-sm">
      {lines.map(([name, count]) => (
        <li key={name}>{t(name, { count })}</li>
      ))}
    </ul>
  );
}

interface DownloadProps {
  readonly path: string;
  readonly stem: string;
  readonly format: string;
}

/** A plain link: the browser saves what it leads to, and nothing asks for it beforehand. */
async function Download({ path, stem, format }: DownloadProps): Promise<ReactElement> {
  const [t, words] = await Promise.all([getTranslations('exports.summary'), getTranslations('copy')]);
  const address = `${publicOrigin(await headers())}${path}`;
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <a className={buttonClass('primary')} download href={path}>
          <Icon name="download" />
          {t('download')}
        </a>
        <span className="min-w-0 break-all font-mono text-muted text-xs">{`${stem}.${format}`}</span>
      </div>
      <div className="text-muted text-xs">
        <p>{t('script')}</p>
        <div className="mt-1 flex items-center gap-1">
          <code className="min-w-0 flex-1 break-all rounded-control bg-sunken px-2 py-1.5 font-mono text-ink">
            {address}
          </code>
          <CopyButton compact copied={words('copied')} label={words('label')} value={address} />
        </div>
        <p className="mt-2">{t('audit')}</p>
      </div>
    </div>
  );
}
