import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../support/paths.mjs';
import { bundle, isCurrent } from './bundle.mjs';

let root: string;
const places = () => ({ root, entry: join(root, 'lib', 'main.ts'), outFile: join(root, 'out', 'ringside.mjs') });
const write = (path: string, text: string) => writeFileSync(join(root, path), text);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ringside-bundle-'));
  mkdirSync(join(root, 'lib'));
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  write('package-lock.json', '{}');
  write('tsconfig.json', '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }');
  write('lib/main.ts', "import 'server-only';\nimport { word } from '@/lib/word';\nconsole.log(word);");
  write('lib/word.ts', "import cassandra from 'cassandra-driver';\nexport const word: string = typeof cassandra;");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the bundle of the command line', () => {
  it('is one file, which runs without the sources and the installed packages', async () => {
    expect(await bundle(places())).toBe(true);
    for (const name of ['lib', 'node_modules']) rmSync(join(root, name), { recursive: true });
    expect(execFileSync(process.execPath, [places().outFile], { encoding: 'utf8' })).toBe('object\n');
  });

  it('is rebuilt only when one of its sources has changed', async () => {
    await bundle(places());
    expect(await bundle(places())).toBe(false);
    write('lib/other.ts', 'export const other = 1;');
    expect(isCurrent(places())).toBe(true);
    for (const path of ['lib/word.ts', 'package-lock.json']) {
      write(path, `${readFileSync(join(root, path), 'utf8')} `);
      expect(isCurrent(places()), path).toBe(false);
      expect(await bundle(places())).toBe(true);
    }
    unlinkSync(places().outFile);
    expect(isCurrent(places())).toBe(false);
  });

  it('stays as it was when the sources have errors', async () => {
    await bundle(places());
    const before = readFileSync(places().outFile, 'utf8');
    write('lib/word.ts', 'export const word = ;');
    await expect(bundle(places())).rejects.toThrow('could not be built');
    expect(readFileSync(places().outFile, 'utf8')).toBe(before);
    expect(isCurrent(places())).toBe(false);
  });
});
