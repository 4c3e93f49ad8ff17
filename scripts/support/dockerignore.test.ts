import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceFiles } from './build.mjs';
import { ROOT } from './paths.mjs';

/** `*` and `**` as Docker reads them; a pattern matches a file, or a folder with everything in it. */
function matches(pattern: string, path: string): boolean {
  const text = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**/', '\u0000')
    .replaceAll('*', '[^/]*')
    .replaceAll('\u0000', '(?:.*/)?');
  return new RegExp(`^${text}(?:/.*)?$`).test(path);
}

const rules = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

/** The last rule that matches decides (docs.docker.com, "Dockerfile reference", .dockerignore). */
function getsIn(path: string): boolean {
  return rules.reduce((is, rule) => {
    if (rule.startsWith('!')) return is || matches(rule.slice(1), path);
    return is && !matches(rule, path);
  }, true);
}

describe('the build of the image', () => {
  it('includes every source of the application', () => {
    expect(sourceFiles(ROOT).filter((path) => !getsIn(path))).toEqual([]);
    for (const path of [
      'scripts/ringside.mjs',
      'scripts/support/connect-test.mjs',
      'scripts/support/export-thread.mjs',
      'package.json',
      'package-lock.json',
    ]) {
      expect([path, getsIn(path)]).toEqual([path, true]);
    }
  });

  it.each([
    'certs/ca.pem',
    'certs/node.crt',
    'secrets/password',
    'password.txt',
    'client.key',
    'lib/client.key',
    'app/ca.pem',
    'scripts/keystore.jks',
    'ringside.config.json',
    'lib/ringside.config.json',
    '.env',
    '.env.local',
    'app/.env.production',
    'web.log',
    'scripts/run.log',
    'logs/web.txt',
    'data/secret',
    'exports/part-0001.csv',
    'flights.by_route.csv',
    'flights.by_route.csv.partial',
    'cqlshrc',
    '.ringside/secret',
    '.git/config',
    '.next/BUILD_ID',
    'node_modules/next/package.json',
    'e2e/.output/trace.zip',
  ])('leaves out %s', (path) => {
    expect(getsIn(path)).toBe(false);
  });
});
