import { findProgram } from '@/lib/db/testing-program';
import { findLibreOffice } from '@/lib/exports/libreoffice.testing';
import { hasApt, installPackage, mayInstall } from './install';

/** What stands around the product somewhere, each with Debian's package of it. */
const PROGRAMS = [
  { name: 'LibreOffice', find: findLibreOffice, package: 'libreoffice-calc-nogui' },
  { name: 'nginx', find: () => findProgram('nginx'), package: 'nginx-light' },
  { name: 'PgBouncer', find: () => findProgram('pgbouncer'), package: 'pgbouncer' },
] as const;

/** Finds each or, as root on Debian, installs it where it may. The tests of what is missing are skipped. */
export async function obtainPrograms(say: (line: string) => void): Promise<void> {
  for (const { name, find, package: wanted } of PROGRAMS) {
    if (find() === null && hasApt() && (await mayInstall(name))) {
      say(`Installing Debian’s package ${wanted} …`);
      installPackage(wanted);
    }
    const found = find();
    say(found === null ? `No ${name} was found.` : `${name}: ${found}`);
  }
}
