import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIGURES } from '@/lib/contract/figures';
import type { Figures, TableRow } from '@/lib/contract/tables';
import { node, rowsRead } from '../test-facts';
import { joinFigures, NO_FIGURES, type NodeFigures, rateOf } from './figures';
import { byHurt, hurtOf } from './order';

const on = (id: number, figures: Partial<Figures>): NodeFigures => {
  return { node: node(id), figures: { ...NO_FIGURES, ...figures }, windowMs: null };
};

describe('what hurts of a table', () => {
  it.each<[string, Partial<Figures>, number, string]>([
    ['tombstones', { tombstonesP99: 2_500 }, 2.5, 'reads pass over 2,500 tombstones (p99 on 127.0.0.1:9042)'],
    [
      'a large partition',
      { maxPartitionMebibytes: 150 },
      1.5,
      'the largest partition has up to 150 MiB (on 127.0.0.1:9042)',
    ],
    ['slow reads', { readP99Ms: 1_000 }, 2, 'reads take 1.0 s (p99 on 127.0.0.1:9042)'],
    ['slow writes', { writeP99Ms: 400 }, 2, 'writes take 400 ms (p99 on 127.0.0.1:9042)'],
  ])('is %s, in words and with its threshold', (_name, figures, degree, text) => {
    const hurt = hurtOf([on(1, figures)], []);
    expect(hurt.degree).toBe(degree);
    expect(hurt.reasons.map((reason) => reason.text)).toEqual([text]);
    expect(hurt.worst).toBe(`${text}; the threshold is ${hurt.reasons[0]?.threshold}`);
  });

  it('is nothing below every threshold, but what comes nearest is said', () => {
    const hurt = hurtOf([on(1, { tombstonesP99: 10, maxPartitionMebibytes: 41 })], []);
    expect(hurt).toMatchObject({ degree: 0.41, reasons: [] });
    expect(hurt.worst).toContain('41 MiB');
  });

  it('goes by the node where it is worst, and by the threshold of that node', () => {
    const settings = rowsRead<'settings'>([{ name: 'tombstone_warn_threshold', value: '100' }]);
    const strict: NodeFigures = { ...on(2, { tombstonesP99: 500 }), node: node(2, { settings }) };
    const hurt = hurtOf([on(1, { tombstonesP99: 900 }), strict], []);
    expect(hurt).toMatchObject({ degree: 5 });
    expect(hurt.reasons[0]).toMatchObject({
      text: expect.stringContaining('127.0.0.2'),
      threshold: expect.stringContaining('100 tombstones'),
    });
  });

  it('is an index that does not serve; one of which nothing is known is not', () => {
    const hurt = hurtOf(
      [],
      [
        { name: 'a', state: 'building' },
        { name: 'b', state: 'unknown' },
        { name: 'c', state: 'ready' },
      ],
    );
    expect(hurt.reasons.map(({ text }) => text)).toEqual(['the index a is being built']);
    expect(hurtOf([], [{ name: 'b', state: 'unknown' }])).toEqual({ degree: null, worst: null, reasons: [] });
  });
});

const figure = fc.option(fc.integer({ min: 0, max: 1_000_000 }), { nil: null });
const figures = fc.record<Figures>(figuresOf(figure));
const row = fc.record({
  keyspace: fc.constantFrom('a', 'b'),
  table: fc.string({ maxLength: 3 }),
  degree: fc.option(fc.double({ min: 0, max: 9, noNaN: true }), { nil: null }),
  figures,
});

function figuresOf(arbitrary: typeof figure) {
  return {
    diskMebibytes: arbitrary,
    partitions: arbitrary,
    meanPartitionBytes: arbitrary,
    maxPartitionMebibytes: arbitrary,
    tombstonesP99: arbitrary,
    readP50Ms: arbitrary,
    readP99Ms: arbitrary,
    writeP50Ms: arbitrary,
    writeP99Ms: arbitrary,
    readsPerSecond: arbitrary,
    writesPerSecond: arbitrary,
  };
}

describe('the order of tables', () => {
  it('is total: the same whatever order they come in, worst first, unknown last', () => {
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: ({ keyspace, table }) => `${keyspace}/${table}` }), (rows) => {
        const sorted = rows.toSorted(byHurt);
        expect(rows.toReversed().sort(byHurt)).toEqual(sorted);
        const degrees = sorted.map(({ degree }) => degree ?? -1);
        expect(degrees).toEqual(degrees.toSorted((a, b) => b - a));
      }),
    );
  });

  it('puts the larger on disk first where nothing else differs', () => {
    const of = (table: string, diskMebibytes: number): Pick<TableRow, 'keyspace' | 'table' | 'degree' | 'figures'> => {
      return { keyspace: 'k', table, degree: 0.1, figures: { ...NO_FIGURES, diskMebibytes } };
    };
    expect([of('a', 1), of('b', 5)].sort(byHurt).map(({ table }) => table)).toEqual(['b', 'a']);
  });
});

describe('the figures of all nodes', () => {
  it('never lose what a node says, and are unknown only where all are', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ figures }), { maxLength: 5 }), (nodes) => {
        const joined = joinFigures(nodes);
        for (const name of FIGURES) {
          if (name === 'meanPartitionBytes') continue;
          const known = nodes.flatMap((one) => one.figures[name] ?? []);
          expect(joined[name] === null).toBe(known.length === 0);
          for (const value of known) expect(joined[name]).toBeGreaterThanOrEqual(value);
        }
      }),
    );
  });

  it('weigh the mean size by partitions', () => {
    const of = (partitions: number, meanPartitionBytes: number | null) => ({
      figures: { ...NO_FIGURES, partitions, meanPartitionBytes },
    });
    expect(joinFigures([of(1, 100), of(3, 500), of(0, null)]).meanPartitionBytes).toBe(400);
  });

  it.each([
    [110, 100, 2_000, 5],
    [100, undefined, 2_000, null],
    // It restarted.
    [3, 100, 2_000, null],
    [100, 100, 0, null],
  ])('have a rate only of two counts: %s after %s', (count, before, windowMs, perSecond) => {
    expect(rateOf(count, before, windowMs)).toBe(perSecond);
  });
});
