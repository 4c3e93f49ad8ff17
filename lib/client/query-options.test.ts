import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The browser's code. */
const files = ['app', 'components', 'lib/client', 'lib/reader', 'lib/changes', 'lib/browse', 'lib/workbench'].flatMap(
  (folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
      .filter((path) => /(?<!\.test)\.tsx?$/.test(path))
      .map((path) => `${folder}/${path}`),
);

describe('what the page asks the server', () => {
  it.each([
    ['keys, options and functions of queries', /\bqueryFn:|\bqueryKey: \[|\bqueryOptions\(/],
    ['requests', /import \{[^}]*\b(?:call|send)\b[^}]*\} from '(?:@\/lib\/client|\.)\/http'/],
  ])('has its %s in lib/client alone, by resource', (_what, pattern) => {
    const found = files.filter((path) => pattern.test(readFileSync(`${root}${path}`, 'utf8')));
    expect(found.length).toBeGreaterThan(5);
    expect(found.filter((path) => !path.startsWith('lib/client/'))).toEqual([]);
  });
});
