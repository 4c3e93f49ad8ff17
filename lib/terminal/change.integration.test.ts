import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { NODES } from '@/lib/cassandra/test-ring';
import { testBed } from '@/lib/cassandra/test-support';
import { run } from './test-command';

const KEYSPACE = 'ringside_terminal_change';
const { plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (p text, c int, v int, PRIMARY KEY (p, c))`]);
const folder = mkdtempSync(join(tmpdir(), 'ringside-change-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const change = async (lines: readonly object[], ...flags: string[]) => {
  const path = join(folder, 'changes.ndjson');
  writeFileSync(path, lines.map((line) => JSON.stringify(line)).join('\n'));
  const { code, stdout, stderr } = await run(
    'change',
    `${KEYSPACE}.t`,
    path,
    '--contact-points',
    NODES.join(','),
    ...flags,
  );
  return {
    code,
    stderr,
    statements: stdout
      .toString()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('--')),
  };
};
const rows = async () =>
  (await plain.execute(`SELECT JSON c, v FROM ${KEYSPACE}.t WHERE p = 'a'`)).rows.map((row) =>
    String(row.get('[json]')),
  );
const update = (v: number) => ({ kind: 'update', key: { p: 'a', c: 1 }, edits: { v: { set: v } } });

describe('ringside change', () => {
  it('shows the exact statements, runs them once confirmed, and writes what undoes them', async () => {
    await plain.execute(`INSERT INTO ${KEYSPACE}.t (p, c, v) VALUES ('a', 1, 1)`);
    const wanted = [`UPDATE ${KEYSPACE}.t SET v = 3 WHERE p = 'a' AND c = 1 IF v = 1;`];
    // Two edits of a cell are one.
    const unconfirmed = await change([update(2), update(3)]);
    expect(unconfirmed).toMatchObject({ code: 2, statements: wanted, stderr: expect.stringContaining('pass --yes') });
    expect(await change([update(3)], '--dry-run')).toMatchObject({ code: 0, statements: wanted });
    expect(await rows()).toEqual(['{"c": 1, "v": 1}']);

    const undo = join(folder, 'undo.ndjson');
    expect(await change([update(3)], '--yes', '--undo', undo)).toMatchObject({ code: 0, stderr: '✓ 1: Applied.\n' });
    expect(await rows()).toEqual(['{"c": 1, "v": 3}']);
    const inverse: unknown = JSON.parse(readFileSync(undo, 'utf8'));
    expect(inverse).toMatchObject({ kind: 'update', seen: { v: 3 }, edits: { v: { set: 1 } } });
    expect(await change([Object(inverse)], '--yes')).toMatchObject({ code: 0 });
    expect(await rows()).toEqual(['{"c": 1, "v": 1}']);
  });

  it('ends with 1 where something was not made, and asks for the name of a table that loses a partition', async () => {
    const gone = { kind: 'update', key: { p: 'a', c: 9 }, edits: { v: { set: 1 } } };
    expect(await change([gone], '--yes')).toMatchObject({
      code: 1,
      statements: [],
      stderr: expect.stringContaining('The row is gone'),
    });
    const partition = { kind: 'delete_partition', key: { p: 'a' } };
    expect(await change([partition], '--mode', 'plain', '--yes')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--confirm t'),
    });
    expect(await change([partition], '--mode', 'plain', '--confirm', 't')).toMatchObject({ code: 0 });
    expect(await rows()).toEqual([]);
    expect(await change([{ kind: 'update' }])).toMatchObject({ code: 2, stderr: expect.stringContaining('line 1') });
  });
});
