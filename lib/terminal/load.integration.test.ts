import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { NODES } from '@/lib/cassandra/test-ring';
import { testBed } from '@/lib/cassandra/test-support';
import { run, runInShell, start } from './test-command';

const KEYSPACE = 'ringside_terminal_load';
const { plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.t (p int PRIMARY KEY, v text)`,
    `CREATE TABLE ${KEYSPACE}.slow (p int PRIMARY KEY, v text)`,
  ],
);
const folder = mkdtempSync(join(tmpdir(), 'ringside-load-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const argumentsFor = (table: string, flags: readonly string[]) => [
  ...['load', `${KEYSPACE}.${table}`, '--contact-points', NODES.join(',')],
  ...flags,
];
const load = async (...flags: string[]) => {
  const { code, stdout, stderr } = await run(...argumentsFor('t', flags));
  return { code, stderr, stdout: stdout.toString() };
};
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const count = async (table: string) => (await plain.execute(`SELECT p FROM ${KEYSPACE}.${table}`)).rows.length;

describe('ringside load', () => {
  it('checks a file, loads what is good, and loads the mended rest', async () => {
    const path = file('rows.csv', 'Id;v\n1;one\nx;two\n3;"thr;ee"\n');
    const map = ['--map', 'p=Id', '--map', 'v=v'];
    const dry = await load(path, ...map, '--dry-run');
    expect(dry).toMatchObject({ code: 1, stderr: expect.stringContaining('3 records, 2 good, 1 bad') });
    expect(dry.stdout).toMatch(/^line 3: p \(field Id\): /);
    const twice = await load(file('twice.csv', 'p,v\n1,a\n2,b\n1,c\n'), '--dry-run');
    expect(twice).toMatchObject({ code: 0, stderr: expect.stringContaining('1 with the key of an earlier one') });
    expect(twice.stdout).toBe('line 4: the key of line 2 again, so this row is what remains: p = 1\n');
    expect(await load(path, ...map)).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect(await count('t')).toBe(0);

    const work = join(folder, 'work');
    const first = await load(path, ...map, '--work', work, '--yes');
    expect(first).toMatchObject({ code: 1, stderr: expect.stringContaining('2 written · 1 no rows of the table') });
    expect(first.stderr).toContain(`INSERT INTO ${KEYSPACE}.t (p, v) VALUES (?, ?) USING TIMESTAMP ? AND TTL ?`);
    expect(first.stderr).toContain('2 of 2 read back equal');
    expect(await load(path, ...map, '--work', work, '--yes')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not empty'),
    });
    const mended = file('mended.csv', readFileSync(join(work, 'failed.csv'), 'utf8').replace('x', '2'));
    const second = await load(mended, ...map, '--work', join(folder, 'second'), '--verify', 'full', '--yes');
    expect(second).toMatchObject({ code: 0, stderr: expect.stringContaining('1 of 1 read back equal') });
    expect(await count('t')).toBe(3);
  });

  it('loads what an export writes to standard output', async () => {
    const node = NODES.join(',');
    const line = `"$@" | ${process.execPath} scripts/ringside.mjs load ${KEYSPACE}.slow - --contact-points ${node} --work ${join(folder, 'piped')} --yes`;
    const piped = await runInShell(line, 'export', `${KEYSPACE}.t`, '--contact-points', node, '--format', 'ndjson');
    expect(piped.stderr).toContain('✓ 3 written');
    expect(piped.code).toBe(0);
    expect(await count('slow')).toBe(3);
  });

  it('keeps a checkpoint after Ctrl-C, and goes on with the command that it prints', async () => {
    await plain.execute(`TRUNCATE ${KEYSPACE}.slow`);
    const rows = Array.from({ length: 800 }, (_, at) => `${at},v`).join('\n');
    const path = file('slow.csv', `p,v\n${rows}\n`);
    const work = join(folder, 'stopped');
    const flags = [path, '--rate', '100', '--work', work, '--yes', '--verify', 'full'];
    const { child, ended } = start(argumentsFor('slow', flags));
    await expect.poll(() => count('slow'), { timeout: 60_000 }).toBeGreaterThan(30);
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toContain(`ringside load ${KEYSPACE}.slow --work ${work} --resume`);
    expect(await count('slow')).toBeLessThan(800);
    const again = await run(...argumentsFor('slow', ['--work', work, '--resume']));
    expect(again.stderr).toContain('800 of 800 read back equal');
    expect(again.code).toBe(0);
  }, 120_000);

  it.each([
    [[], 'Name a file'],
    [['-', 'a.csv'], 'together with files'],
    [['-', '--verify', 'full'], 'cannot be read twice'],
    [['a.csv', '--max-failures', 'some'], '--max-failures'],
    [['a.csv', '--map', 'p'], 'column=field'],
    [['none.csv'], 'There is no file none.csv'],
  ])('refuses %j', async (flags, message) => {
    expect(await load(...flags, '--yes')).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });
});
