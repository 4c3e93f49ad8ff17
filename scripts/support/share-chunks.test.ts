import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { shareEqualChunks } from './share-chunks.mjs';

const LARGE = 'x'.repeat(20_000);
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ringside-chunks-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function write(name: string, value: string): string {
  const path = join(directory, name);
  writeFileSync(path, `module.exports=[1,()=>'${value}'];\n\n//# sourceMappingURL=${encodeURIComponent(name)}.map`);
  writeFileSync(`${path}.map`, '{}');
  return path;
}

it('keeps one of chunks with the same text, and lets the others load it', () => {
  const name = '[root "of" it]__a.js';
  const [one, two, other, small, smallToo] = [
    write(name, LARGE),
    write('[root]__b.js', LARGE),
    write('[root]__c.js', `${LARGE}y`),
    write('small.js', 'x'),
    write('small-too.js', 'x'),
  ].toSorted();
  const before = [one, other, small, smallToo].map((path) => readFileSync(path ?? '', 'utf8'));
  expect(shareEqualChunks(directory)).toBe(1);
  const load = createRequire(join(directory, 'from.js'));
  expect(load(two ?? '')).toBe(load(one ?? ''));
  expect(load(one ?? '')[1]()).toBe(LARGE);
  expect(existsSync(`${one}.map`)).toBe(true);
  expect(existsSync(`${two}.map`)).toBe(false);
  expect([one, other, small, smallToo].map((path) => readFileSync(path ?? '', 'utf8'))).toEqual(before);
  expect(shareEqualChunks(directory)).toBe(0);
});
