import { compare, satisfies, valid } from 'semver';

/** A package of the lock: its name as the registry has it. */
export interface Installed {
  readonly name: string;
  readonly version: string;
}

export interface Affected extends Installed {
  readonly id: string;
}

type Json = Readonly<Record<string, unknown>>;

export function installedOf(lock: {
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
}): Installed[] {
  return Object.entries(lock.packages).flatMap(([path, { version }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return path === '' || version === undefined ? [] : [{ name, version }];
  });
}

/** Advisories as OSV (also GitHub's advisory database) or as GitHub's REST API writes them: one, a list, a line each, or under `vulns`. */
export function readAdvisories(text: string): readonly Json[] {
  try {
    return listOf(JSON.parse(text));
  } catch (error) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length < 2) throw error;
    return lines.flatMap((line) => listOf(JSON.parse(line)));
  }
}

function listOf(value: unknown): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap(listOf);
  if (!isJson(value)) throw new Error('This is not a file of advisories.');
  return Array.isArray(value.vulns) ? value.vulns.flatMap(listOf) : [value];
}

/** Which of the installed packages an advisory that was not withdrawn is about. */
export function affectedBy(advisories: readonly Json[], installed: readonly Installed[]): readonly Affected[] {
  return advisories
    .filter((advisory) => !(advisory.withdrawn ?? advisory.withdrawn_at))
    .flatMap((advisory) => {
      const id = String(advisory.ghsa_id ?? advisory.id ?? 'without an id');
      const isAffected = (one: Installed): boolean =>
        records(advisory.affected).some((entry) => isByOsv(entry, one)) ||
        records(advisory.vulnerabilities).some((entry) => isByGithub(entry, one));
      return installed.filter(isAffected).map((one) => ({ id, ...one }));
    });
}

function isByOsv(entry: Json, { name, version }: Installed): boolean {
  const named = record(entry.package);
  if (named.ecosystem !== 'npm' || named.name !== name) return false;
  if (Array.isArray(entry.versions) && entry.versions.includes(version)) return true;
  return records(entry.ranges).some((range) => range.type !== 'GIT' && isInRange(records(range.events), version));
}

/** As OSV says it: the events in the order of their versions, the last one at or before this version decides. */
function isInRange(events: readonly Json[], version: string): boolean {
  const steps = events.flatMap(({ introduced, fixed, last_affected: last }) => {
    if (introduced !== undefined)
      return [{ at: introduced === '0' ? '0.0.0-0' : String(introduced), affected: true, after: false }];
    if (fixed !== undefined) return [{ at: String(fixed), affected: false, after: false }];
    return last === undefined ? [] : [{ at: String(last), affected: false, after: true }];
  });
  const known = steps.filter(({ at }) => valid(at) !== null).sort((one, other) => compare(one.at, other.at));
  const reached = known.filter(({ at, after }) => compare(at, version) < (after ? 0 : 1));
  return reached.at(-1)?.affected ?? false;
}

function isByGithub(entry: Json, { name, version }: Installed): boolean {
  const named = record(entry.package);
  if (named.ecosystem !== 'npm' || named.name !== name) return false;
  const range = String(entry.vulnerable_version_range ?? '').replaceAll(',', ' ');
  return range !== '' && satisfies(version, range, { includePrerelease: true });
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function record(value: unknown): Json {
  return isJson(value) ? value : {};
}

function records(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}
