// After each change of package-lock.json (`npm run lock`). npm leaves out the optional packages of other platforms
// when its source does not carry them, and `npm ci` then refuses the lock on every machine. This names them again, and asks the
// registry for each checksum that is missing.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { withoutIntegrity } from './integrity.mjs';

const OS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const CPU = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
const LIBC = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const added = [];

for (const [parent, entry] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isResolved(parent, name)) continue;
    lock.packages[`node_modules/${name}`] = placeholder(name, range, entry);
    added.push(name);
  }
}

const unknown = [];
for (const path of withoutIntegrity(lock)) {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const integrity = integrityOf(`${name}@${lock.packages[path].version}`);
  if (integrity === null) unknown.push(path);
  else lock.packages[path].integrity = integrity;
}

const packages = Object.entries(lock.packages).sort(([left], [right]) => left.localeCompare(right, 'en'));
for (const [, entry] of packages) delete entry.resolved;
lock.packages = Object.fromEntries(packages);
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added.length} optional packages of other platforms named again.\n`);
for (const path of unknown) process.stdout.write(`The registry has no checksum for ${path}.\n`);

/** Null: the registry does not say. */
function integrityOf(wanted) {
  try {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const said = execFileSync(npm, ['view', wanted, 'dist.integrity'], { encoding: 'utf8', stdio: 'pipe' }).trim();
    return said.startsWith('sha512-') ? said : null;
  } catch {
    return null;
  }
}

/** Looks where Node would: beside the parent, then in each folder above it. */
function isResolved(parent, name) {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (lock.packages[path] !== undefined) return true;
    if (folder === '') return false;
    if (!folder.includes('/node_modules/')) folder = '';
  }
}

function placeholder(name, range, parent) {
  const words = name.split(/[-/]/);
  const os = words.filter((word) => OS.includes(word));
  const cpu = words.filter((word) => CPU.includes(word));
  const libc = os.includes('linux') ? words.map((word) => LIBC[word]).filter(Boolean) : [];
  return {
    version: range.replace(/^[^\d]*/, ''),
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(parent.dev ? { dev: true } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}
