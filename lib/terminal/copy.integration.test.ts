import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { clusterConfig, insertAll, testBed } from '@/lib/cassandra/test-support';
import { run } from './test-command';

const KEYSPACE = 'ringside_terminal_copy';
const { plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.a (p int PRIMARY KEY, mail text, v text, n int)`]);
vi.stubEnv(
  'RINGSIDE_CLUSTERS',
  JSON.stringify([
    clusterConfig({ name: 'production', writes: false }),
    clusterConfig({ name: 'laptop' }),
    clusterConfig({ name: 'red', colour: '#c00000' }),
  ]),
);
const folder = mkdtempSync(join(tmpdir(), 'ringside-copy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const copy = async (...args: string[]) => {
  const { code, stdout, stderr } = await run('copy', ...args);
  return { code, stderr, stdout: stdout.toString() };
};
const fill = () =>
  insertAll(
    plain,
    `INSERT INTO ${KEYSPACE}.a (p, mail, v, n) VALUES (?, ?, ?, ?)`,
    Array.from({ length: 100 }, (_, at) => [at, `m${at}@example.com`, String(at), at]),
  );

describe('ringside copy', () => {
  it('shows every statement, creates the target once confirmed, and masks a column', async () => {
    await fill();
    const [source, target] = [`production:${KEYSPACE}.a`, `laptop:${KEYSPACE}.masked`];
    const what = [
      source,
      target,
      '--create',
      '--set',
      "mail='masked'",
      '--rename',
      'n=number',
      '--cast',
      'number=bigint',
    ];
    const shown = await copy(...what, '--dry-run');
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining(`CREATE TABLE ${KEYSPACE}.masked (`) });
    expect(shown.stdout).toContain('number bigint');
    expect(shown.stdout).toContain(`INSERT INTO ${KEYSPACE}.masked (p, number, v, mail)`);
    const directory = join(folder, 'one');
    expect(await copy(...what, '-o', directory)).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    const done = await copy(...what, '-o', directory, '--yes');
    expect(done).toMatchObject({ code: 0, stderr: expect.stringContaining('✓ 100 read · 100 written · 100 found') });
    const { rows } = await plain.execute(`SELECT * FROM ${KEYSPACE}.masked`);
    expect(rows).toHaveLength(100);
    expect(new Set(rows.map((row) => row.get('mail')))).toEqual(new Set(['masked']));
    expect(await copy(...what, '-o', directory, '--yes')).toMatchObject({ code: 2 });
  });

  it('ends with 1 when a row was not written, and copies those again', async () => {
    await fill();
    await plain.execute(`INSERT INTO ${KEYSPACE}.a (p, v) VALUES (1000, 'not a number')`);
    const target = `laptop:${KEYSPACE}.numbers`;
    const directory = join(folder, 'failing');
    const what = ['--cast', 'v=int', '--columns', 'p,v'];
    const done = await copy(`production:${KEYSPACE}.a`, target, '--create', ...what, '-o', directory, '--yes');
    expect(done).toMatchObject({ code: 1, stderr: expect.stringContaining('100 written · 1 refused') });
    const [, line = ''] = readFileSync(join(directory, 'failed.ndjson'), 'utf8').trim().split('\n');
    expect(JSON.parse(line)).toMatchObject({ row: [1000, null, null, 'not a number'], outcome: 'refused' });
    const again = [
      '--failed',
      directory,
      '--cluster',
      'production',
      target,
      '--columns',
      'p',
      '-o',
      join(folder, 'again'),
    ];
    expect(await copy(...again, '--yes')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('✓ 1 read · 1 written'),
    });
  });

  it('takes conditions, asks for the name on a red cluster, and writes nothing where that is not allowed', async () => {
    await fill();
    const source = `laptop:${KEYSPACE}.a`;
    const some = ['--where', 'n < 10', '--allow-filtering', '--create'];
    const directory = join(folder, 'some');
    const red = `red:${KEYSPACE}.some`;
    expect(await copy(source, red, ...some, '-o', directory, '--yes')).toMatchObject({
      ...{ code: 2, stderr: expect.stringContaining('--confirm some') },
    });
    expect(await copy(source, red, ...some, '-o', directory, '--confirm', 'some')).toMatchObject({
      ...{ code: 0, stderr: expect.stringContaining('✓ 10 read') },
    });
    const refused = await copy(source, `production:${KEYSPACE}.b`, '--create', '--dry-run');
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('read-only') });
    expect(await copy(source)).toMatchObject({ code: 2 });
    expect(await copy(source, `laptop:${KEYSPACE}.c`)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('-o DIR'),
    });
  });
});
