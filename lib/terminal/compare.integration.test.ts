import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { NODES } from '@/lib/cassandra/test-ring';
import { insertAll, testBed } from '@/lib/cassandra/test-support';
import { run, runInShell } from './test-command';

const KEYSPACE = 'ringside_terminal_compare';
const { plain } = testBed(
  [KEYSPACE],
  ['a', 'b', 'empty', 'other'].map((name) =>
    name === 'other'
      ? `CREATE TABLE ${KEYSPACE}.other (q text PRIMARY KEY, v int)`
      : `CREATE TABLE ${KEYSPACE}.${name} (p text PRIMARY KEY, v int)`,
  ),
);
const folder = mkdtempSync(join(tmpdir(), 'ringside-compare-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const compare = async (source: string, target: string, ...flags: string[]) => {
  const nodes = ['--contact-points', NODES.join(',')];
  const { code, stdout, stderr } = await run(
    'compare',
    `${KEYSPACE}.${source}`,
    `${KEYSPACE}.${target}`,
    ...nodes,
    ...flags,
  );
  return { code, stderr, stdout: stdout.toString() };
};
const fill = (table: string) =>
  insertAll(
    plain,
    `INSERT INTO ${KEYSPACE}.${table} (p, v) VALUES (?, ?)`,
    Array.from({ length: 100 }, (_, at) => [`k${at}`, at]),
  );

describe('ringside compare', () => {
  it('ends with 0 when the tables are equal, and with 3 and the keys when they are not', async () => {
    await Promise.all([fill('a'), fill('b')]);
    expect(await compare('a', 'b')).toMatchObject({
      ...{ code: 0, stdout: '', stderr: expect.stringContaining('✓ 100 equal · 0 missing') },
    });
    await plain.execute(`UPDATE ${KEYSPACE}.b SET v = 0 WHERE p = 'k7'`);
    expect(await compare('a', 'b', '--quiet')).toEqual({
      ...{ code: 3, stdout: '{"is":"different","key":{"p":"k7"},"columns":["v"]}\n' },
      stderr: '✗ 1 row is not the same in both tables.\n',
    });
    const directory = join(folder, 'kept');
    expect(await compare('a', 'b', '-o', directory)).toMatchObject({ code: 3, stdout: '' });
    expect(readFileSync(join(directory, 'differences.ndjson'), 'utf8')).toContain('"k7"');
    expect(JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8'))).toMatchObject({
      ...{ isComplete: true, counts: { equal: 99, different: 1 } },
    });
  });

  it('ends with 1 when its disk is full, or that of what it prints, and says so', async () => {
    await fill('a');
    const tables = ['compare', `${KEYSPACE}.a`, `${KEYSPACE}.empty`, '--contact-points', NODES.join(',')];
    const lost = await runInShell('"$@" > /dev/full', ...tables);
    expect(lost).toMatchObject({ code: 1, stderr: expect.stringContaining('The disk is full (standard output)') });
    const directory = join(folder, 'full');
    // A file may have a kilobyte: less than a hundred differences.
    const full = await runInShell('ulimit -f 1; "$@"', ...tables, '-o', directory);
    expect(full).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`A file grew larger than the system allows`),
    });
    expect(await compare('a', 'empty', '-o', directory, '--resume')).toMatchObject({ code: 3 });
    const lines = readFileSync(join(directory, 'differences.ndjson'), 'utf8').trim().split('\n');
    expect(new Set(lines).size).toBe(100);
  });

  it('ends with 2 for wrong usage, and with 1 for tables that cannot be compared', async () => {
    expect(await compare('a', 'b', '--resume')).toMatchObject({ code: 2, stderr: expect.stringContaining('-o DIR') });
    expect(await run('compare', 'nowhere:k.a', 'k.b')).toMatchObject({ code: 2 });
    expect(await run('compare', 'a', 'k.b')).toMatchObject({ code: 2 });
    const refused = await compare('a', 'other');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('different keys') });
    expect(await compare('a', 'gone')).toMatchObject({ code: 1 });
  });
});
