import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NODES } from '@/lib/cassandra/test-ring';
import { insertAll, testBed } from '@/lib/cassandra/test-support';
import { run, runInShell } from './test-command';

const ROWS = 5_000;
const { plain } = testBed(
  ['ringside_terminal', '"Ringside_Terminal"'],
  [
    'CREATE TABLE ringside_terminal.rows (id bigint, part int, name text, price decimal, tags set<text>, PRIMARY KEY (id, part))',
    'CREATE TABLE ringside_terminal.empty (id int PRIMARY KEY, name text)',
    'CREATE TABLE ringside_terminal.odd (id int PRIMARY KEY, name text, size int)',
    'CREATE TABLE ringside_terminal.steps (id int, a int, b int, v int, PRIMARY KEY (id, a, b))',
    'CREATE TABLE "Ringside_Terminal"."MixedCase" ("Id" int PRIMARY KEY, name text)',
  ],
);
const folder = mkdtempSync(join(tmpdir(), 'ringside-terminal-'));
const file = (name: string) => join(folder, name);
const CLUSTER = ['--contact-points', NODES.join(','), '--consistency', 'QUORUM'];
const TABLE = ['export', 'ringside_terminal.rows', ...CLUSTER];

/** The expected row, as JSON. */
const rowOf = (id: number) => ({
  id: String(id * 1_000_000_007),
  part: id % 7,
  name: id % 10 === 3 ? null : `row ${id}, "né"`,
  price: `${id}.5000`,
  tags: id % 2 === 0 ? null : ['a', `t${id}`],
});
const expected = Array.from({ length: ROWS }, (_, id) => rowOf(id));
const byId = (a: { id: unknown }, b: { id: unknown }) => Number(a.id) - Number(b.id);

beforeAll(async () => {
  await insertAll(
    plain,
    'INSERT INTO ringside_terminal.rows (id, part, name, price, tags) VALUES (?, ?, ?, ?, ?)',
    expected.map(({ id, part, name, price, tags }) => [id, part, name, price, tags]),
  );
  await plain.execute(`INSERT INTO "Ringside_Terminal"."MixedCase" ("Id", name) VALUES (1, 'one')`);
  await plain.execute("INSERT INTO ringside_terminal.odd (id, name, size) VALUES (1, 'one', blobAsInt(0x))");
  await plain.execute('INSERT INTO ringside_terminal.odd (id) VALUES (2)');
  await plain.execute('INSERT INTO ringside_terminal.steps (id, a, b, v) VALUES (1, 2, 3, 4)');
});
afterAll(() => rmSync(folder, { recursive: true }));

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
const lines = (text: string) => text.split(/\r?\n/).filter((line) => line !== '');

describe('ringside export into a file', () => {
  it('writes every row as NDJSON and says so, with the checksum of the file', async () => {
    const ended = await run(...TABLE, '-o', file('a.ndjson'));
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    const rows = lines(readFileSync(file('a.ndjson'), 'utf8')).map((line) => JSON.parse(line));
    expect(rows.sort(byId)).toEqual(expected);
    expect(ended.stderr).toMatch(/complete: 5,000 rows/);
    expect(ended.stderr).toContain(sha256(file('a.ndjson')));
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  });

  it('writes every row as JSON, compressed CSV and Parquet', async () => {
    const [json, csv, parquet] = await Promise.all([
      run(...TABLE, '-o', file('b.json')),
      run(...TABLE, '-o', file('b.csv.gz'), '--columns', 'price,id', '--delimiter', ';', '--null', 'NULL'),
      run(...TABLE, '-o', file('b.parquet'), '--decimal', '4', '--quiet'),
    ]);
    for (const ended of [json, csv, parquet]) expect(ended.code, ended.stderr).toBe(0);
    expect(JSON.parse(readFileSync(file('b.json'), 'utf8')).sort(byId)).toEqual(expected);
    const text = lines(gunzipSync(readFileSync(file('b.csv.gz'))).toString());
    expect(text[0]).toBe('price;id');
    expect(text.slice(1).sort()).toEqual(expected.map(({ id, price }) => `${price};${id}`).sort());
    expect(parquet.stderr).toBe('');
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(file('b.parquet')), compressors });
    expect(rows.map(({ id, name, tags = null }) => ({ id: String(id), name, tags })).sort(byId)).toEqual(
      expected.map(({ id, name, tags }) => ({ id, name, tags })),
    );
  });

  it('writes INSERTs that recreate the rows', async () => {
    const where = ['--where', 'id IN (1000000007, 2000000014, 3000000021)'];
    const ended = await run(...TABLE, ...where, '-f', 'cql', '-o', '-', '--quiet');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    const inserts = lines(ended.stdout.toString());
    expect(inserts).toHaveLength(3);
    await plain.execute('DELETE FROM ringside_terminal.rows WHERE id IN (1000000007, 2000000014, 3000000021)');
    for (const insert of inserts) await plain.execute(insert.replace(/;$/, ''));
    const again = await run(...TABLE, ...where, '-f', 'ndjson', '--quiet');
    expect(lines(again.stdout.toString()).map((line) => JSON.parse(line))).toEqual([rowOf(1), rowOf(2), rowOf(3)]);
  });

  it('does not replace a file without --force', async () => {
    const path = file('c.csv');
    expect((await run('export', 'ringside_terminal.empty', ...CLUSTER, '-o', path)).code).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe('id,name\r\n');
    const refused = await run(...TABLE, '-o', path);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('--force') });
    expect(readFileSync(path, 'utf8')).toBe('id,name\r\n');
    expect((await run(...TABLE, '-o', path, '--force')).code).toBe(0);
    expect(lines(readFileSync(path, 'utf8'))).toHaveLength(ROWS + 1);
  });

  it('does not replace a device or a FIFO, nor follow a link at the name of its partial file', async () => {
    const fifo = file('fifo.csv');
    execFileSync('mkfifo', [fifo]);
    for (const path of ['/dev/full', fifo]) {
      const refused = await run(...TABLE, '-o', path, '--force');
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('not a regular file') });
      expect(statSync(path).isFile()).toBe(false);
    }
    writeFileSync(file('other.txt'), 'mine');
    symlinkSync(file('other.txt'), file('link.csv.partial'));
    expect(await run('export', 'ringside_terminal.empty', ...CLUSTER, '-o', file('link.csv'))).toMatchObject({
      code: 0,
    });
    expect(readFileSync(file('other.txt'), 'utf8')).toBe('mine');
    expect(readFileSync(file('link.csv'), 'utf8')).toBe('id,name\r\n');
  });

  it('leaves no complete file behind when the disk is full', async () => {
    // With the signal ignored, the write itself fails. The first call builds the command, which would exceed the limit.
    const limit = '"$1" "$2" --version; trap "" XFSZ; ulimit -f 16; exec "$@"';
    const ended = await runInShell(limit, ...TABLE, '-o', file('full.csv'));
    expect(ended, ended.stderr).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('full.csv.partial is incomplete'),
    });
    expect(existsSync(file('full.csv'))).toBe(false);
    expect(existsSync(file('full.csv.partial'))).toBe(true);
  });
});

describe('ringside export into a directory', () => {
  it('writes parts and a manifest that describes them', async () => {
    const ended = await run(...TABLE, '-o', `${file('parts')}/`, '-f', 'ndjson');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    const manifest = JSON.parse(readFileSync(join(file('parts'), 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ isComplete: true, rows: ROWS, schema: expect.stringContaining('CREATE TABLE') });
    const rows: { id: string }[] = [];
    for (const { name, sha256: sum } of manifest.parts) {
      expect(sha256(join(file('parts'), name))).toBe(sum);
      rows.push(...lines(readFileSync(join(file('parts'), name), 'utf8')).map((line) => JSON.parse(line)));
    }
    expect(rows.sort(byId)).toEqual(expected);
    expect(await run(...TABLE, '-o', `${file('parts')}/`, '-f', 'ndjson')).toMatchObject({ code: 2 });
    const other = await run('export', 'ringside_terminal.empty', ...CLUSTER, '-o', file('parts'), '--force');
    expect(other, other.stderr).toMatchObject({ code: 0 });
    expect(readdirSync(file('parts')).sort()).toEqual(['manifest.json', 'part-00001.csv']);
  });
});

describe('ringside export to standard output', () => {
  it('is only the rows', async () => {
    const ended = await run('export', '"Ringside_Terminal"."MixedCase"', ...CLUSTER);
    expect(ended.stdout.toString()).toBe('Id,name\r\n1,one\r\n');
    expect(ended).toMatchObject({ code: 0, stderr: expect.stringContaining('complete: 1 rows') });
    const query = ['--keyspace', 'ringside_terminal', '--query', 'SELECT name, id FROM rows WHERE id = 2000000014'];
    const asked = await run('export', ...query, ...CLUSTER, '--no-header', '--quiet');
    expect(asked).toMatchObject({ code: 0, stderr: '' });
    expect(asked.stdout.toString()).toBe('"row 2, ""né""",2000000014\r\n');
  });

  it('ends quietly, and as incomplete, when its reader goes away', async () => {
    const line = 'set -o pipefail; "$@" | head -n 1';
    const ended = await runInShell(line, ...TABLE, '--page-rows', '100', '--max-rows-per-second', '2k');
    expect(ended.stdout.toString()).toBe('id,part,name,price,tags\r\n');
    expect(ended).toMatchObject({ code: 141, stderr: '' });
  });

  it('fails when its target is full', async () => {
    const ended = await runInShell('"$@" > /dev/full', ...TABLE);
    expect(ended, ended.stderr).toMatchObject({ code: 1, stderr: expect.stringMatching(/ENOSPC|full/) });
  });
});

describe('ringside count', () => {
  it('prints only the number, of a table or of the rows that match conditions', async () => {
    const all = await run('count', 'ringside_terminal.rows', ...CLUSTER);
    expect(all, all.stderr).toMatchObject({ code: 0, stderr: expect.stringContaining('complete') });
    expect(all.stdout.toString()).toBe(`${ROWS}\n`);
    const where = ['--where', 'part = 3', '--allow-filtering', '--quiet'];
    const some = await run('count', 'rows', '--keyspace', 'ringside_terminal', ...CLUSTER, ...where);
    expect(some.stdout.toString()).toBe(`${expected.filter(({ part }) => part === 3).length}\n`);
    expect(some.stderr).toBe('');
  });
});

describe('a value that cannot be written', () => {
  const odd = ['export', 'ringside_terminal.odd', ...CLUSTER];

  it('is refused before there is a file, and names the option that helps', async () => {
    const query = ['export', '--query', 'SELECT name FROM ringside_terminal.odd', ...CLUSTER];
    for (const of of [[...odd, '--columns', 'name'], query]) {
      for (const output of [file('name.csv'), `${file('names')}/`]) {
        const refused = await run(...of, '-o', output);
        expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('--null NULL') });
        expect(refused.stderr).not.toContain('--resume');
      }
    }
    expect(readdirSync(folder).filter((name) => name.startsWith('name.csv'))).toEqual([]);
    const ended = await run(...odd, '--columns', 'name', '--null', 'NULL', '-o', file('name.csv'));
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(lines(readFileSync(file('name.csv'), 'utf8')).sort()).toEqual(['NULL', 'name', 'one']);
  });

  it('is named by its key, without advice to resume', async () => {
    for (const output of [file('odd.parquet'), `${file('odd')}/`]) {
      const failed = await run(...odd, '-f', 'parquet', '-o', output);
      expect(failed.code, failed.stderr).toBe(1);
      expect(failed.stderr).toMatch(/row \d+ \(id = 1, .*\), column "size": a value of no bytes/);
      expect(failed.stderr).toContain('is incomplete');
      expect(failed.stderr).not.toContain('--resume');
    }
  });
});

describe('a filter that Cassandra cannot serve', () => {
  it.each([
    ['id = 1 AND b = 3', 'also needs a', true],
    ['id = 1 AND a > 1 AND b = 3', 'only where a has one value', true],
    ['b = 3', 'also needs id and a', true],
    ['v = 4', 'has no index', true],
    ['id > 0', 'only = and IN', true],
    ['v = 4 AND v = 5', 'filtered twice', false],
  ])('%s: says why, and names --allow-filtering if that helps', async (where, why, isServed) => {
    const steps = ['count', 'ringside_terminal.steps', ...CLUSTER, '--where', where];
    const refused = await run(...steps);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(why) });
    expect(refused.stderr.includes('--allow-filtering')).toBe(isServed);
    const allowed = await run(...steps, '--allow-filtering');
    expect(allowed, allowed.stderr).toMatchObject(isServed ? { code: 0 } : { code: 1 });
    if (isServed) expect(allowed.stdout.toString()).toBe('1\n');
  });

  it('in a whole statement is explained in terms of the statement', async () => {
    const query = 'SELECT * FROM ringside_terminal.steps WHERE id = 1 AND b = 3';
    const refused = await run('export', '--query', query, ...CLUSTER);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('end the statement with ALLOW FILTERING'),
    });
    expect(refused.stderr).not.toContain('--allow-filtering');
  });
});

describe('the consistency level SERIAL', () => {
  const steps = ['count', 'ringside_terminal.steps', '--contact-points', NODES.join(','), '--consistency', 'serial'];

  it('counts the rows of one partition, and refuses more than one', async () => {
    const one = await run(...steps, '--where', 'id = 1');
    expect(one, one.stderr).toMatchObject({ code: 0 });
    expect(one.stdout.toString()).toBe('1\n');
    const all = await run(...steps);
    expect(all).toMatchObject({ code: 1, stderr: expect.stringContaining('reads one partition at a time') });
  });
});

describe('the exit status', () => {
  it.each([
    ['an unknown table', ['export', 'ringside_terminal.nothing'], 1, 'no table ringside_terminal.nothing'],
    [
      'a filter without --allow-filtering',
      ['count', 'ringside_terminal.rows', '--where', 'part = 3'],
      1,
      '--allow-filtering',
    ],
    ['a statement that writes', ['export', '--query', 'TRUNCATE ringside_terminal.rows'], 1, 'read'],
    ['a value that does not fit', ['export', 'ringside_terminal.rows', '-f', 'parquet', '--decimal', '0'], 1, 'price'],
    ['an unknown option', ['export', 'ringside_terminal.rows', '--fast'], 2, '--fast'],
    ['neither table nor query', ['export'], 2, 'Name a table'],
    ['a directory that is not there', ['export', 'ringside_terminal.rows', '-o', '/nowhere/x.csv'], 2, '/nowhere'],
  ])('of %s', async (_, args, code, reason) => {
    const ended = await run(...args, ...CLUSTER);
    expect(ended, ended.stderr).toMatchObject({ code, stderr: expect.stringContaining(reason) });
  });

  it('of a cluster that does not answer', async () => {
    const ended = await run('count', 'a.b', '--contact-points', '127.0.0.1:1');
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('No node') });
    expect(ended.stdout).toHaveLength(0);
  });
});
