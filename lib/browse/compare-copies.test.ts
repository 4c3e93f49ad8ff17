import { describe, expect, it } from 'vitest';
import type { CellCopy, RowCopy } from '@/lib/contract/row-copies';
import { compareCopies, hostOf, shownColumns, sourceOf, verdictOf, writeTimeText } from './compare-copies';

const cell = (value: CellCopy['value'], micros: string | null, ttlSeconds: number | null = null): CellCopy => {
  return { value, writeTimeMicros: micros, ttlSeconds };
};
const copy = (node: string, cells: CellCopy[] | null): RowCopy => {
  return { node, cells, servedBy: [], elapsedMs: 1, trace: null };
};
const columns = [
  { name: 'k', type: 'text', kind: 'partition_key' as const, ageless: 'key' },
  { name: 'v', type: 'int', kind: 'regular' as const, ageless: null },
];
const compare = (...copies: RowCopy[]) => {
  const found = compareCopies({ columns, copies });
  return {
    ...found,
    verdict: verdictOf(found, copies.length),
    standings: found.columns[1]?.cells.map((one) => one.standing),
  };
};

describe('copies compared', () => {
  it('are the same whatever remains of their TTL', () => {
    const found = compare(
      copy('a', [cell('x', null), cell(1, '5', 10)]),
      copy('b', [cell('x', null), cell(1, '5', 9)]),
    );
    expect(found.standings).toEqual(['same', 'same']);
    expect(found.verdict).toBe('All 2 replicas have the same values and write times.');
  });

  it('differ by a write time alone, the newest being marked', () => {
    const found = compare(copy('a', [cell('x', null), cell(1, '9')]), copy('b', [cell('x', null), cell(1, '10')]));
    expect(found.standings).toEqual(['older', 'newest']);
    expect(found.differing).toEqual(['v']);
    expect(found.verdict).toMatch(/^All 2 replicas answered, and v differs/);
  });

  it('say which replica does not have the row', () => {
    const found = compare(copy('a', [cell('x', null), cell(1, '9')]), copy('b', []), copy('c', null));
    expect(found.standings).toEqual(['newest', 'absent', 'unanswered']);
    expect(found.verdict).toBe('b does not have the row. The other one did not answer.');
  });

  it('claim nothing of replicas that did not answer', () => {
    expect(compare(copy('a', null), copy('b', null)).verdict).toBe('No replica answered.');
    const found = compare(copy('a', [cell('x', null), cell(1, '9')]), copy('b', null));
    expect(found.verdict).toBe(
      '1 of 2 replicas answered, so there is nothing to compare. The other one did not answer.',
    );
    expect(compare(copy('a', []), copy('b', [])).verdict).toMatch(/none has the row/);
  });

  it('have a line for what differs first, and none for what nobody has', () => {
    const all = [...columns, { name: 'none', type: 'int', kind: 'regular' as const, ageless: null }];
    const both = [
      copy('a', [cell('x', null), cell(1, '9'), cell(null, null)]),
      copy('b', [cell('x', null), cell(2, '8'), cell(null, null)]),
    ];
    const { shown, empty } = shownColumns(compareCopies({ columns: all, copies: both }));
    expect(shown.map(({ name }) => name)).toEqual(['v', 'k']);
    expect(empty).toEqual(['none']);
    const deleted = compareCopies({ columns, copies: [copy('a', [cell('x', null), cell(null, '9')])] });
    expect(shownColumns(deleted).empty).toEqual([]);
  });

  it('mark what differs without write times as different only', () => {
    const found = compare(copy('a', [cell('x', null), cell('1', null)]), copy('b', [cell('x', null), cell('2', null)]));
    expect(found.standings).toEqual(['different', 'different']);
  });
});

describe('whose data an answer is', () => {
  it('is known from the trace, or not at all', () => {
    expect(sourceOf({ node: '127.0.0.2:9042', servedBy: ['127.0.0.2'] })).toBe('own');
    expect(sourceOf({ node: '127.0.0.2:9042', servedBy: ['127.0.0.3'] })).toBe('127.0.0.3');
    expect(sourceOf({ node: '127.0.0.2:9042', servedBy: [] })).toBeNull();
    expect(hostOf('[::1]:9042')).toBe('::1');
  });
});

describe('a write time', () => {
  it.each([
    ['1700000000123456', '2023-11-14 22:13:20.123456 UTC'],
    ['0', '1970-01-01 00:00:00.000000 UTC'],
    ['-1', '-1 µs'],
    ['9223372036854775807', '9223372036854775807 µs'],
  ])('%s is %s', (micros, text) => {
    expect(writeTimeText(micros)).toBe(text);
  });
});
