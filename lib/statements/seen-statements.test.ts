import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SaveRequest } from '@/lib/contract/saved-statements';
import { SeenStatements } from './seen-statements';
import { StatementDirectory } from './statement-directory';

let base: string;
let anna: SeenStatements;
let ben: SeenStatements;
let nobody: SeenStatements;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'ringside-seen-'));
  const directory = (name: string) => new StatementDirectory(join(base, name), 1_000);
  const shared = directory('shared');
  anna = new SeenStatements(shared, directory('person-anna'));
  ben = new SeenStatements(shared, directory('person-ben'));
  nobody = new SeenStatements(shared, null);
});
afterEach(() => rmSync(base, { recursive: true }));

const request = (path: string, version: string | null = null): SaveRequest => ({
  ...{ path, text: 'SELECT 1', cluster: null, keyspace: null, description: null, parameters: [], version },
});
const pathsOf = async (seen: SeenStatements) => (await seen.list()).statements.map(({ path }) => path);
const codeOf = (code: string) => expect.objectContaining({ error: expect.objectContaining({ code }) });

describe('private statements', () => {
  it('are seen by their person alone, beside those that are shared', async () => {
    const { version } = await anna.save(request('private:/a/mine'));
    await anna.save(request('ours'));
    expect([await pathsOf(anna), await pathsOf(ben), await pathsOf(nobody)]).toEqual([
      ['private:/a/mine', 'ours'],
      ['ours'],
      ['ours'],
    ]);
    expect(await anna.paths()).toEqual(['private:/a/mine', 'ours']);
    expect(await anna.read('private:/a/mine')).toMatchObject({ path: 'private:/a/mine', text: 'SELECT 1' });
    expect(existsSync(join(base, 'person-anna/a/mine.cql'))).toBe(true);
    await expect(ben.read('private:/a/mine')).rejects.toEqual(codeOf('not_found'));
    await expect(ben.file('private:/a/mine')).rejects.toEqual(codeOf('not_found'));
    await expect(ben.remove('private:/a/mine', version)).rejects.toEqual(codeOf('version_conflict'));
    await expect(ben.move('private:/a/mine', 'theirs', version)).rejects.toEqual(codeOf('not_found'));
    expect(await pathsOf(anna)).toEqual(['private:/a/mine', 'ours']);
  });

  it.each(['private:/../person-ben/x', 'private:/private:/x', 'private:/', 'private:/a/../../x'])(
    'cannot leave the folder of their person: %s',
    (path) => expect(anna.save(request(path))).rejects.toEqual(codeOf('invalid_request')),
  );

  it('can be shared, and become private again, with what else is in the file', async () => {
    await anna.import('private:/mine', '-- description: d\n-- owner: x\n\nSELECT 2\n');
    const { version } = await anna.read('private:/mine');
    const shared = await anna.move('private:/mine', 'ours', version);
    expect(await pathsOf(ben)).toEqual(['ours']);
    expect(await ben.read('ours')).toMatchObject({ description: 'd', text: 'SELECT 2' });
    expect(new TextDecoder().decode((await ben.file('ours')).bytes)).toContain('owner: x');
    expect(await ben.move('ours', 'private:/taken', shared.version)).toMatchObject({ path: 'private:/taken' });
    expect([await pathsOf(anna), await pathsOf(ben)]).toEqual([[], ['private:/taken']]);
  });

  it('stay where they are, and alone, when they were changed meanwhile', async () => {
    const { version } = await anna.save(request('private:/mine'));
    writeFileSync(join(base, 'person-anna/mine.cql'), 'SELECT 3\n');
    await expect(anna.move('private:/mine', 'ours', version)).rejects.toEqual(codeOf('version_conflict'));
    expect(await pathsOf(anna)).toEqual(['private:/mine']);
  });

  it('are none where nobody signs in', async () => {
    await expect(nobody.save(request('private:/a'))).rejects.toEqual(codeOf('invalid_request'));
    expect(await nobody.list()).toMatchObject({ statements: [], mayBePrivate: false });
  });
});
