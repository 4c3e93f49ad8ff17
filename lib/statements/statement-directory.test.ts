import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SaveRequest } from '@/lib/contract/saved-statements';
import { MOST_LISTED, StatementDirectory } from './statement-directory';

let base: string;
let root: string;
let directory: StatementDirectory;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'ringside-statements-'));
  root = join(base, 'statements');
  directory = new StatementDirectory(root, 1_000);
});
afterEach(() => {
  chmodSync(root, 0o700);
  rmSync(base, { recursive: true });
});

function request(path: string, text: string, version: string | null = null): SaveRequest {
  return { path, text, cluster: 'demo', keyspace: 'flights', description: null, parameters: [], version };
}

const save = (path: string, text = 'SELECT 1', version: string | null = null) =>
  directory.save(request(path, text, version));
const codeOf = (code: string) => expect.objectContaining({ error: expect.objectContaining({ code }) });
const pathsOf = async (search?: string) => (await directory.list(search)).statements.map(({ path }) => path);
const onDisk = (path: string) => readFileSync(join(root, path), 'utf8');

describe('saved statements', () => {
  it('are files that a person can read, in folders, for their owner only', async () => {
    mkdirSync(root, { recursive: true });
    const saved = await save('airports/by code', 'SELECT *\nFROM airports;');
    expect(onDisk('airports/by code.cql')).toBe(
      '-- name: by code\n-- cluster: demo\n-- keyspace: flights\n\nSELECT *\nFROM airports;\n',
    );
    expect(statSync(join(root, 'airports/by code.cql')).mode & 0o777).toBe(0o600);
    expect(statSync(join(root, 'airports')).mode & 0o777).toBe(0o700);
    expect(existsSync(join(root, 'airports/by code.cql.tmp'))).toBe(false);
    expect(saved).toMatchObject({ path: 'airports/by code', text: 'SELECT *\nFROM airports;', faults: [] });
    expect({ ...(await directory.read('airports/by code')), isRedacted: false }).toEqual(saved);
  });

  it('are none where there is no directory yet', async () => {
    expect(await directory.list()).toEqual({ directory: root, statements: [], hasMore: false });
    await expect(directory.read('a')).rejects.toEqual(codeOf('not_found'));
    await save('a');
    expect(await pathsOf()).toEqual(['a']);
  });

  it('are found by words of path, keyspace and text', async () => {
    await save('reports/delays', 'SELECT delay FROM flights');
    await save('airports', 'SELECT iata');
    expect(await pathsOf()).toEqual(['airports', 'reports/delays']);
    expect(await pathsOf('DELAY select')).toEqual(['reports/delays']);
    expect(await pathsOf('reports iata')).toEqual([]);
    expect(await pathsOf('flights')).toEqual(['airports', 'reports/delays']);
  });

  it('are never written over a version that was not seen: of two writers the second one is stopped', async () => {
    const first = await save('a', 'SELECT 1');
    const [one, two] = await Promise.allSettled([
      save('a', 'SELECT 2', first.version),
      save('a', 'SELECT 3', first.version),
    ]);
    expect(one.status).toBe('fulfilled');
    expect(two).toMatchObject({ reason: codeOf('version_conflict') });
    expect((await directory.read('a')).text).toBe('SELECT 2');
  });

  it('are never created twice, in whatever case, by two writers at once', async () => {
    const outcomes = await Promise.allSettled([save('Team/a'), save('team/b'), save('Team/A'), save('Team/c')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: codeOf('already_exists') });
    expect(await pathsOf()).toEqual(['Team/a', 'Team/c']);
  });

  it('see a change by hand: it conflicts, and is never overwritten', async () => {
    const { version } = await save('a', 'SELECT 1');
    writeFileSync(join(root, 'a.cql'), 'SELECT 2 -- by git pull');
    await expect(save('a', 'SELECT 3', version)).rejects.toEqual(codeOf('version_conflict'));
    await expect(directory.move('a', 'b', version)).rejects.toEqual(codeOf('version_conflict'));
    await expect(directory.remove('a', version)).rejects.toEqual(codeOf('version_conflict'));
    const theirs = await directory.read('a');
    expect(theirs.text).toBe('SELECT 2 -- by git pull');
    expect((await save('a', 'SELECT 3', theirs.version)).text).toBe('SELECT 3');
    rmSync(join(root, 'a.cql'));
    await expect(save('a', 'SELECT 4', theirs.version)).rejects.toEqual(codeOf('version_conflict'));
  });

  it('hold no password, however they are written', async () => {
    const text = "ALTER ROLE a WITH PASSWORD = 'canary'";
    const redacted = "ALTER ROLE a WITH PASSWORD = '•••'";
    const saved = await save('a', text);
    expect(saved).toMatchObject({ text: redacted, isRedacted: true });
    expect((await save('a', `${redacted} AND LOGIN = true`, saved.version)).isRedacted).toBe(false);
    await directory.save({ ...request('b', 'SELECT 1'), description: "ALTER ROLE a WITH PASSWORD = 'canary'" });
    expect(await directory.import('c', `-- note: ${text}\n\n-- ${text}\n${text}`)).toMatchObject({ isRedacted: true });
    writeFileSync(join(root, 'd.cql'), text);
    const { version } = await directory.read('d');
    expect(await directory.move('d', 'e', version)).toMatchObject({ text: redacted, isRedacted: true });
    for (const { path } of (await directory.list()).statements) expect(onDisk(`${path}.cql`)).not.toContain('canary');
    expect(await pathsOf()).toEqual(['a', 'b', 'c', 'e']);
  });

  it('move with their header, over nothing, also to another case', async () => {
    const { version } = await save('old/a', 'SELECT 1');
    await save('b');
    await expect(directory.move('old/a', 'b', version)).rejects.toEqual(codeOf('already_exists'));
    const moved = await directory.move('old/a', 'new/deep/c', version);
    expect(onDisk('new/deep/c.cql')).toContain('-- name: c\n');
    expect(existsSync(join(root, 'old'))).toBe(false);
    expect(await directory.move('new/deep/c', 'new/deep/C', moved.version)).toMatchObject({ faults: [] });
    expect(await pathsOf()).toEqual(['b', 'new/deep/C']);
  });

  it('keep lines of the header that a newer Ringside wrote', async () => {
    await directory.import('a', '-- name: a\n-- owner: somebody\n\nSELECT 1\n');
    const { version, faults } = await directory.read('a');
    expect(faults).toEqual(['line 2: “owner” is not a key that Ringside knows']);
    await save('a', 'SELECT 2', version);
    expect(onDisk('a.cql')).toContain('-- owner: somebody\n\nSELECT 2');
  });

  it('end with their folder when the last of it is removed', async () => {
    const { version } = await save('a/b/c');
    await save('a/d');
    await directory.remove('a/b/c', version);
    expect(await pathsOf()).toEqual(['a/d']);
    expect(existsSync(join(root, 'a/b'))).toBe(false);
  });

  it('open with a broken header, and say what is wrong', async () => {
    mkdirSync(root);
    writeFileSync(join(root, 'named.cql'), '-- name: other\n-- clustr: x\n\nSELECT 1');
    writeFileSync(join(root, 'latin.cql'), Buffer.from('SELECT \xe9', 'latin1'));
    writeFileSync(join(root, 'what?.cql'), 'SELECT 1');
    writeFileSync(join(root, 'A.cql'), '');
    writeFileSync(join(root, 'a.cql'), '');
    writeFileSync(join(root, 'notes.txt'), '');
    writeFileSync(join(root, '.hidden.cql'), '');
    const faults = (await directory.list()).statements.map((summary) => [summary.path, summary.faults.join('; ')]);
    expect(faults).toEqual([
      ['A', ''],
      ['a', 'some systems take its name for that of A: rename one of them'],
      ['latin', 'it is not UTF-8: saving it replaces what cannot be read'],
      ['named', 'line 2: “clustr” is not a key that Ringside knows; its header says “other”; the file’s name counts'],
      ['what?', expect.stringContaining('rename the file')],
    ]);
    expect((await directory.read('named')).text).toBe('SELECT 1');
    expect((await directory.read('latin')).text).toBe('SELECT \ufffd');
  });
});

describe('the directory of saved statements', () => {
  it.each(['../out', '/etc/passwd', '.git/config', 'a/../../out', 'a\0', 'a\\..\\b', ''])(
    'does not open %j',
    async (path) => {
      await save('a');
      await expect(directory.read(path)).rejects.toEqual(codeOf('invalid_request'));
      expect(() => save(path)).toThrow(
        expect.objectContaining({ error: expect.objectContaining({ code: 'invalid_request' }) }),
      );
      const { version } = await directory.read('a');
      expect(() => directory.move('a', path, version)).toThrow('cannot name a saved statement');
    },
  );

  it('follows no link: not a file, not a folder, not one in the middle', async () => {
    mkdirSync(join(base, 'outside/in'), { recursive: true });
    writeFileSync(join(base, 'outside/secret.cql'), 'secret');
    await save('a');
    symlinkSync(join(base, 'outside/secret.cql'), join(root, 'file.cql'));
    symlinkSync(join(base, 'outside'), join(root, 'folder'));
    expect(await pathsOf()).toEqual(['a']);
    await expect(directory.read('file')).rejects.toEqual(codeOf('storage_failed'));
    await expect(directory.read('folder/secret')).rejects.toEqual(codeOf('invalid_request'));
    await expect(save('folder/new')).rejects.toEqual(codeOf('invalid_request'));
    await expect(save('folder/in/new')).rejects.toEqual(codeOf('invalid_request'));
    await expect(save('file')).rejects.toEqual(codeOf('already_exists'));
    expect(readFileSync(join(base, 'outside/secret.cql'), 'utf8')).toBe('secret');
    expect(existsSync(join(base, 'outside/new.cql'))).toBe(false);
  });

  it('may be a link itself', async () => {
    mkdirSync(join(base, 'repository'));
    symlinkSync(join(base, 'repository'), root);
    await save('a/b');
    expect(await directory.read('a/b')).toMatchObject({ text: 'SELECT 1' });
    expect(existsSync(join(base, 'repository/a/b.cql'))).toBe(true);
  });

  it('bounds what it lists and what it opens', async () => {
    mkdirSync(root);
    for (let index = 0; index <= MOST_LISTED; index++) writeFileSync(join(root, `${index}.cql`), '');
    writeFileSync(join(root, 'long.cql'), 'x'.repeat(1_001));
    const list = await directory.list();
    expect([list.statements.length, list.hasMore]).toEqual([MOST_LISTED, true]);
    expect((await directory.list('long')).hasMore).toBe(false);
    await expect(directory.read('long')).rejects.toThrow('too long to open');
    await expect(save('longer', 'x'.repeat(1_001))).rejects.toThrow('at most 1000 are allowed');
  });

  it('says what the disk refuses, and loses nothing', async () => {
    const { version } = await save('a', 'SELECT 1');
    // A folder where the temporary file would be: root may write anywhere else.
    mkdirSync(join(root, 'a.cql.tmp'));
    await expect(save('a', 'SELECT 2', version)).rejects.toEqual(codeOf('storage_failed'));
    expect(await directory.read('a')).toMatchObject({ text: 'SELECT 1', version });
    writeFileSync(join(root, 'plain'), '');
    await expect(save('plain/b')).rejects.toEqual(codeOf('storage_failed'));
    expect((await save('c')).path).toBe('c');
  });
});
