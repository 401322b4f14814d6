import { findLibreOffice } from '@/lib/exports/libreoffice.testing';
import { hasApt, installPackage, mayInstall } from './install';

/** Finds LibreOffice or, as root on Debian, installs it where it may. Null: its tests are skipped. */
export async function obtainLibreOffice(say: (line: string) => void): Promise<string | null> {
  if (findLibreOffice() === null && hasApt() && (await mayInstall('LibreOffice'))) {
    say('Installing Debian’s package libreoffice-calc-nogui …');
    installPackage('libreoffice-calc-nogui');
  }
  const found = findLibreOffice();
  say(found === null ? 'No LibreOffice was found.' : `LibreOffice: ${found}`);
  return found;
}
