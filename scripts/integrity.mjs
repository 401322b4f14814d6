import { readFileSync } from 'node:fs';

/** The entries of a lock that name no checksum: whatever the registry sends is installed in their place. */
export function withoutIntegrity(lock) {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.link && !entry.inBundle && entry.integrity === undefined)
    .map(([path]) => path);
}

/** Those of them that production installs on this kind of machine. */
export function unprovenHere(lock, { platform, arch } = process) {
  return withoutIntegrity(lock).filter((path) => {
    const { dev, devOptional, os, cpu } = lock.packages[path];
    return !dev && !devOptional && fits(os, platform) && fits(cpu, arch);
  });
}

/** As npm reads such a list: a name, or a name that is left out. */
function fits(list, name) {
  if (list === undefined) return true;
  const wanted = list.filter((one) => !one.startsWith('!'));
  return !list.includes(`!${name}`) && (wanted.length === 0 || wanted.includes(name));
}

/** What is built must be what was read: a package without a checksum could be anything. */
export function requireIntegrity(path = 'package-lock.json') {
  const unproven = unprovenHere(JSON.parse(readFileSync(path, 'utf8')));
  if (unproven.length === 0) return;
  throw new Error(`package-lock.json has no checksum for ${unproven.join(', ')}: run "npm run lock".`);
}
