import { csvRecords } from '@/lib/csv.testing';
import { listProjectChoices } from '@/lib/projects/choices';
import type { Access } from '@/lib/staff/access';
import { accessOf } from '@/lib/staff/access.testing';
import { createStaff } from '@/lib/staff/create';
import { sessionOf } from '@/lib/staff/sessions.testing';
import { type Asked, readAsked } from './ask';
import type { Bytes } from './bytes';
import { exportFile } from './export-file';
import type { ViewId } from './view-names';

/** A member who is in the database, as the audit log wants it. */
export async function staffMember(
  role: Access['role'] = 'owner',
  projects: Access['projects'] = 'all',
): Promise<Access> {
  const email = `${crypto.randomUUID()}@shop.example`;
  const made = await createStaff({
    email,
    name: 'Test',
    role,
    password: 'three grey herons',
    ...(projects === 'all' ? {} : { projectIds: [...projects] }),
  });
  return accessOf({ staffId: made.id, sessionId: await sessionOf(email), email, role, projects });
}

export async function asked(access: Access, view: ViewId, query = '', zone = 'UTC'): Promise<Asked> {
  const params = new URLSearchParams(query);
  const given = Object.fromEntries([...new Set(params.keys())].map((name) => [name, params.getAll(name)]));
  return readAsked(view, given, zone, await listProjectChoices(access));
}

export async function fileOf(access: Access, view: ViewId, query = '', zone = 'UTC'): Promise<Buffer> {
  const { request, problems } = await asked(access, view, query, zone);
  if (problems.length > 0) throw new Error(`Not understood: ${JSON.stringify(problems)}`);
  return gather(exportFile(access, request, query).bytes);
}

export async function recordsOf(
  access: Access,
  view: ViewId,
  query = '',
  zone = 'UTC',
): Promise<Record<string, string>[]> {
  return csvRecords((await fileOf(access, view, query, zone)).toString());
}

export async function gather(bytes: Bytes): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The exact sum of decimals. */
export function sumOf(values: readonly (string | undefined)[]): string {
  const scale = 40;
  const units = values.map((value) => {
    const [whole = '0', fraction = ''] = (value || '0').split('.');
    return BigInt(whole + fraction.padEnd(scale, '0'));
  });
  const total = units.reduce((sum, one) => sum + one, 0n);
  const digits = (total < 0n ? -total : total).toString().padStart(scale + 1, '0');
  const text = `${digits.slice(0, -scale)}.${digits.slice(-scale)}`.replace(/\.?0+$/, '');
  return total < 0n ? `-${text}` : text;
}
