import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupRows } from './rows';

const MOST = { rows: 4, bytes: 100 };
const rows = fc.array(
  fc.record({ partition: fc.constantFrom('a', 'b', 'c'), bytes: fc.integer({ min: 1, max: 150 }) }),
);

describe('rows that go together', () => {
  it('are each in one group, of one partition, within the bounds, in their order', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const all = given.map(({ partition, bytes }, at) => ({
          row: { at, partition, bytes },
          key: Buffer.from(partition),
          bytes,
        }));
        const groups = groupRows(all, MOST);
        const byPartition = (of: readonly { at: number; partition: string }[]) =>
          ['a', 'b', 'c'].map((name) => of.filter(({ partition }) => partition === name).map(({ at }) => at));
        expect(byPartition(groups.flatMap((group) => group.rows))).toEqual(byPartition(all.map(({ row }) => row)));
        for (const { rows: group, key, bytes } of groups) {
          expect(group[0]?.partition).toBe(Buffer.from(key).toString());
          expect(new Set(group.map(({ partition }) => partition)).size).toBe(1);
          expect(bytes).toBe(group.reduce((sum, row) => sum + row.bytes, 0));
          expect(group.length === 1 || (bytes <= MOST.bytes && group.length <= MOST.rows)).toBe(true);
        }
      }),
    );
  });

  it('fill a group before the next one begins', () => {
    const given = Array.from({ length: 9 }, (_, at) => ({ row: at, key: Uint8Array.of(1), bytes: 1 }));
    expect(groupRows(given, MOST).map((group) => group.rows)).toEqual([[0, 1, 2, 3], [4, 5, 6, 7], [8]]);
  });
});
