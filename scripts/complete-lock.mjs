/**
 * `node scripts/complete-lock.mjs`: adds to package-lock.json the optional packages for other systems that npm left out,
 * with their checksums. npm leaves out what the current registry lacks at that moment, and `npm ci` then refuses the lock
 * on every system. For maintainers, after a change of dependencies.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './support/paths.mjs';

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/**
 * The system that a native package is for, from the naming convention @scope/name-system-processor[-libc].
 * @param {string} name
 * @returns {{ os?: string[], cpu?: string[], libc?: string[] }}
 */
export function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = SYSTEMS.filter((system) => words.includes(system));
  const cpu = PROCESSORS.filter((processor) => words.includes(processor));
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu')) && os[0] === 'linux'
      ? ['glibc']
      : [];
  return { ...(os.length ? { os } : {}), ...(cpu.length ? { cpu } : {}), ...(libc.length ? { libc } : {}) };
}

/**
 * @typedef {{ version?: string, dev?: boolean, optionalDependencies?: Record<string, string>, [key: string]: unknown }} LockEntry
 * @param {Record<string, LockEntry>} packages as in a package-lock.json; entries are added
 * @returns {string[]} the paths that were added
 */
export function completeLock(packages) {
  /** @type {string[]} */
  const added = [];
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const place = `node_modules/${name}`;
      const platform = platformOf(name);
      const exact = /^\d+\.\d+\.\d+[-.\w]*$/.test(version);
      if (path === '' || packages[place] !== undefined || packages[`${path}/${place}`] !== undefined) continue;
      if (!exact || platform.cpu === undefined) continue;
      packages[place] = { version, ...(entry.dev ? { dev: true } : {}), optional: true, ...platform };
      added.push(place);
    }
  }
  return added;
}

/**
 * @param {Record<string, LockEntry>} packages
 * @returns {{ path: string, name: string, version: string }[]} the packages that npm would install without a checksum
 */
export function withoutIntegrity(packages) {
  return Object.entries(packages).flatMap(([path, { version, integrity, link }]) => {
    if (path === '' || link === true || typeof integrity === 'string' || version === undefined) return [];
    return [{ path, name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), version }];
  });
}

/**
 * @param {string} name
 * @param {string} version
 * @returns {string} the checksum that the registry gives
 */
function integrityOf(name, version) {
  const text = execFileSync('npm', ['view', `${name}@${version}`, 'dist.integrity', '--json'], { encoding: 'utf8' });
  const integrity = JSON.parse(text);
  if (typeof integrity === 'string' && /^sha512-/.test(integrity)) return integrity;
  throw new Error(`The registry has no checksum for ${name}@${version}.`);
}

if (process.argv[1] !== undefined && import.meta.url.endsWith(process.argv[1].replaceAll('\\', '/'))) {
  const path = join(ROOT, 'package-lock.json');
  const lock = JSON.parse(readFileSync(path, 'utf8'));
  const added = completeLock(lock.packages);
  for (const { path: place, name, version } of withoutIntegrity(lock.packages)) {
    const { version: first, ...rest } = lock.packages[place];
    lock.packages[place] = { version: first, integrity: integrityOf(name, version), ...rest };
  }
  // The project itself has the empty path, so it stays first.
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  process.stdout.write(`${added.length} packages added\n`);
}
