import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { NODES } from '@/lib/cassandra/test-ring';
import { testBed } from '@/lib/cassandra/test-support';
import { run } from './test-command';

const KEYSPACE = 'ringside_terminal_change';
const { plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.t (p text, c int, v int, w text, PRIMARY KEY (p, c))`,
    `CREATE INDEX of_w ON ${KEYSPACE}.t (w)`,
  ],
);
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
    expect(await change([partition], '--mode', 'plain', '--confirm', 't')).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^✓ 1: Applied\.\n! change 1 cannot be undone: .+\n$/),
    });
    expect(await rows()).toEqual([]);
    expect(await change([{ kind: 'update' }])).toMatchObject({ code: 2, stderr: expect.stringContaining('line 1') });
  });

  it('says of each statement what became of it, and sends what may only follow no further', async () => {
    await plain.execute(`INSERT INTO ${KEYSPACE}.t (p, c, v) VALUES ('b', 1, 1)`);
    const insert = (p: string, w: string) => ({ kind: 'insert', key: { p, c: 1 }, values: { w } });
    // An index of this kind holds no value of more than 65,535 bytes.
    const move = {
      kind: 'move',
      key: { p: 'b', c: 1 },
      to: { p: 'c', c: 1 },
      edits: { w: { set: 'x'.repeat(70_000) } },
    };
    const { code, stderr } = await change([insert('d', 'short'), move], '--yes');
    expect(code).toBe(1);
    const lines = stderr.trimEnd().split('\n').toSorted();
    expect(lines).toEqual([
      '– 3: Not sent: the statement before it was not applied.',
      '✓ 1: Applied.',
      '✗ 1 of 3 statements applied.',
      expect.stringMatching(/^✗ 2: Refused, nothing was written: .*70000/),
    ]);
    const { rows: left } = await plain.execute(`SELECT p FROM ${KEYSPACE}.t`);
    expect(left.map((row) => row.get('p')).toSorted()).toEqual(['b', 'd']);
  });
});
