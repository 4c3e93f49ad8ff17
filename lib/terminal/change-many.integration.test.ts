import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { NODES } from '@/lib/cassandra/test-ring';
import { insertAll, testBed } from '@/lib/cassandra/test-support';
import { run, start } from './test-command';

const KEYSPACE = 'ringside_terminal_many';
const { plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (p text, c int, v int, PRIMARY KEY (p, c))`]);
const folder = mkdtempSync(join(tmpdir(), 'ringside-many-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TABLE = ['change-many', `${KEYSPACE}.t`, '--contact-points', NODES.join(',')];
const many = async (...flags: string[]) => {
  const { code, stdout, stderr } = await run(...TABLE, ...flags);
  return { code, stderr, stdout: stdout.toString() };
};
const fill = () =>
  insertAll(
    plain,
    `INSERT INTO ${KEYSPACE}.t (p, c, v) VALUES (?, ?, ?)`,
    Array.from({ length: 200 }, (_, at) => ['a', at, at % 2]),
  );
const values = async () => {
  const { rows } = await plain.execute(`SELECT v FROM ${KEYSPACE}.t WHERE p = 'a'`);
  return rows.map((row) => Number(row.get('v')));
};

describe('ringside change-many', () => {
  it('shows what it would do, does it once confirmed, and takes it back', async () => {
    await fill();
    const old = await values();
    const [journal, back] = [join(folder, 'one'), join(folder, 'back')];
    const what = ['--where', "p = 'a' AND v = 1", '--allow-filtering', '--set', 'v=7'];
    const shown = await many(...what, '--dry-run');
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('-- 100 rows at ') });
    expect(shown.stdout).toContain(`UPDATE ${KEYSPACE}.t SET v = 7 WHERE p = 'a' AND c = 1 IF v = 1;`);
    expect(await many(...what, '--journal', journal)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes'),
    });
    expect(await values()).toEqual(old);

    const done = await many(...what, '--journal', journal, '--yes');
    expect(done).toMatchObject({ code: 0, stderr: expect.stringContaining('✓ 100 applied') });
    expect((await values()).filter((v) => v === 7)).toHaveLength(100);
    expect(await many(...what, '--journal', journal, '--yes')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('not empty'),
    });

    // Somebody else changes a row: the undo leaves it alone, and says so.
    await plain.execute(`UPDATE ${KEYSPACE}.t SET v = 8 WHERE p = 'a' AND c = 1`);
    const undone = await many('--undo', journal, '--journal', back, '--yes');
    expect(undone).toMatchObject({ code: 1, stderr: expect.stringContaining('99 applied · 1 not applied') });
    expect(await values()).toEqual(old.map((v, at) => (at === 1 ? 8 : v)));
    expect(readFileSync(join(back, 'failed.ndjson'), 'utf8').trim().split('\n')).toHaveLength(1);
  });

  it('asks for the name of a table that loses rows, and says when nothing matches', async () => {
    await fill();
    const journal = join(folder, 'gone');
    const what = ['--where', "p = 'a' AND c >= 150", '--delete', '--journal', journal];
    expect(await many(...what, '--yes')).toMatchObject({ code: 2, stderr: expect.stringContaining('--confirm t') });
    expect(await many(...what, '--confirm', 't')).toMatchObject({ code: 0 });
    expect(await values()).toHaveLength(150);
    expect(await many('--where', "p = 'z'", '--set', 'v=1', '--dry-run')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('nothing to change'),
    });
    expect(await many('--set', 'v=x', '--dry-run')).toMatchObject({ code: 2 });
    expect(await many('--set', 'v=1', '--delete', '--dry-run')).toMatchObject({ code: 2 });
    expect(await many('--set', 'v=1', '--yes')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--journal'),
    });
  });

  it('is stopped by Ctrl-C, and goes on after its last row', async () => {
    await fill();
    const journal = join(folder, 'stopped');
    const { child, ended } = start([
      ...TABLE,
      '--where',
      "p = 'a'",
      '--set',
      'v=9',
      '--rate',
      '40',
      '--journal',
      journal,
      '--yes',
    ]);
    child.stdout.once('data', () => {
      const timer = setInterval(() => {
        const lines = linesIn(join(journal, 'journal.ndjson'));
        if (lines < 30) return;
        clearInterval(timer);
        child.kill('SIGINT');
      }, 20);
    });
    expect((await ended).code).toBe(130);
    const then = (await values()).filter((v) => v === 9).length;
    expect(then).toBeGreaterThan(0);
    expect(then).toBeLessThan(200);
    expect(await many('--journal', journal, '--resume')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('✓ 200 applied'),
    });
    expect(new Set(await values())).toEqual(new Set([9]));
  });
});

function linesIn(path: string): number {
  try {
    return readFileSync(path, 'utf8').split('\n').length;
  } catch {
    return 0;
  }
}
