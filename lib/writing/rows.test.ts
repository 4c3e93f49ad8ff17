import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Group, groupRows, joinGroups } from './rows';

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

interface Placed {
  readonly at: number;
  readonly row: number;
  readonly place: 'a' | 'b' | null;
  readonly bytes: number;
}

describe('partitions that go together', () => {
  const places = fc.array(
    fc.record({
      place: fc.constantFrom('a', 'b', null),
      rows: fc.integer({ min: 1, max: 3 }),
      bytes: fc.integer({ min: 1, max: 60 }),
    }),
  );
  const bounds = { partitions: 3, bytes: 100 };

  it('are of the same nodes, within the bounds, each once and in their order', () => {
    fc.assert(
      fc.property(places, (given) => {
        const groups: Group<Placed>[] = given.map(({ place, rows: count, bytes }, at) => ({
          rows: Array.from({ length: count }, (_, row) => ({ at, row, place, bytes })),
          ...{ key: Uint8Array.of(at), bytes, partitions: 1 },
        }));
        const joined = joinGroups(groups, bounds, {
          placeOf: (group) => group.rows[0]?.place ?? null,
          bytesOf: (group) => group.bytes + 1,
        });
        for (const place of ['a', 'b', null]) {
          const of = (all: readonly Group<Placed>[]) =>
            all.flatMap((group) => group.rows).filter((row) => row.place === place);
          expect(of(joined)).toEqual(of(groups));
        }
        for (const group of joined) {
          const [first] = group.rows;
          const parts = new Map(group.rows.map((row) => [row.at, row.bytes]));
          expect(group.key).toEqual(Uint8Array.of(first?.at ?? -1));
          expect(group.partitions).toBe(parts.size);
          expect(group.bytes).toBe([...parts.values()].reduce((sum, bytes) => sum + bytes, 0));
          expect(new Set(group.rows.map((row) => row.place)).size).toBe(1);
          if (parts.size === 1) continue;
          expect(first?.place).not.toBeNull();
          expect(parts.size).toBeLessThanOrEqual(bounds.partitions);
          expect(group.bytes + parts.size).toBeLessThanOrEqual(bounds.bytes);
        }
      }),
    );
  });

  it('fill a request before the next one begins', () => {
    const groups = Array.from({ length: 7 }, (_, at) => ({
      rows: [at],
      key: Uint8Array.of(at),
      bytes: 1,
      partitions: 1,
    }));
    const joined = joinGroups(groups, bounds, { placeOf: () => 'a', bytesOf: () => 1 });
    expect(joined.map((group) => group.rows)).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
  });
});
