import { describe, expect, it } from 'vitest';
import type { LiveResponse } from '@/lib/contract/live';
import { KeptHour } from './kept-hour';
import { KEPT_MS } from './live-buffer';
import { mergeLive } from './merge';
import { emptySample, type NodeSample } from './node-sample';
import type { SeriesName } from './series';

const NOW_MS = 10_000_000;
const NAMES = Array.from({ length: 20 }, (_, at) => `10.0.0.${at}:9042`);
const [FIRST = '', SECOND = ''] = NAMES;

function sampleOf(numbers: Partial<Record<SeriesName, number>>, tables: Record<string, number> = {}): NodeSample {
  const sample = emptySample();
  for (const name of ['reads', 'readP99', 'pending'] as const) {
    const value = numbers[name];
    if (value !== undefined) sample.node.set(name, value);
  }
  for (const [table, reads] of Object.entries(tables)) sample.tables.set(table, new Map([['reads', reads]]));
  return sample;
}

const linesOf = (hour: KeptHour, request: Parameters<KeptHour['read']>[0], known: readonly string[]) =>
  hour.read(request, known, NOW_MS).lines.map(({ series, node, values }) => [series, node, values]);

describe('what is kept of a cluster', () => {
  it('is a line for each node, with a gap where one said nothing', () => {
    const hour = new KeptHour();
    hour.add(
      NOW_MS - 20_000,
      new Map([
        [FIRST, [sampleOf({ reads: 1 })]],
        [SECOND, [sampleOf({ reads: 2 })]],
      ]),
    );
    hour.add(NOW_MS - 10_000, new Map([[FIRST, [sampleOf({ reads: 3 })]]]));
    expect(linesOf(hour, {}, [FIRST, SECOND])).toEqual([
      ['reads', FIRST, [1, 3]],
      ['reads', SECOND, [2, null]],
    ]);
    expect(linesOf(hour, { nodes: [SECOND] }, [FIRST, SECOND])).toEqual([['reads', SECOND, [2, null]]]);
    expect(hour.read({ after: NOW_MS - 15_000 }, [FIRST], NOW_MS).times).toEqual([NOW_MS - 10_000]);
  });

  it('is one line of many nodes: requests add up, and the slowest counts', () => {
    const hour = new KeptHour();
    hour.add(NOW_MS - 1, new Map(NAMES.map((node, at) => [node, [sampleOf({ reads: 2, readP99: at })]])));
    expect(linesOf(hour, {}, NAMES)).toEqual([
      ['reads', null, [40]],
      ['readP99', null, [19]],
    ]);
  });

  it('is kept by table from its first request on, also for all nodes as one', () => {
    const hour = new KeptHour();
    hour.add(NOW_MS - 2, new Map([[FIRST, [sampleOf({}, { 'a.t': 0, 'a.u': 0 })]]]));
    hour.add(NOW_MS - 1, new Map(NAMES.map((node) => [node, [sampleOf({}, { 'a.t': 5, 'a.u': 0 })]])));
    expect(linesOf(hour, { keyspace: 'a', table: 't' }, [FIRST])).toEqual([['reads', FIRST, [null, 5]]]);
    expect(linesOf(hour, { keyspace: 'a', table: 't' }, NAMES)).toEqual([['reads', null, [null, 100]]]);
    expect(linesOf(hour, { keyspace: 'a', table: 'u' }, NAMES)).toEqual([]);
  });

  it('names the pools whose tasks waited, and gives them alone on request', () => {
    const hour = new KeptHour();
    const sample = sampleOf({ pending: 4 });
    sample.pools.set('ReadStage', { pending: 4, blocked: 0 }).set('GossipStage', { pending: 0, blocked: 0 });
    hour.add(NOW_MS - 1, new Map([[FIRST, [sample]]]));
    expect(hour.pools()).toEqual(['ReadStage']);
    expect(linesOf(hour, { pool: 'ReadStage' }, [FIRST])).toEqual([['pending', FIRST, [4]]]);
  });

  it('forgets a node that left, and what is older than an hour', () => {
    const hour = new KeptHour();
    hour.add(NOW_MS - KEPT_MS - 1, new Map([[FIRST, [sampleOf({ reads: 1 })]]]));
    hour.add(NOW_MS - 1, new Map([[FIRST, [sampleOf({ reads: 2 })]]]));
    expect(linesOf(hour, {}, [FIRST])).toEqual([['reads', FIRST, [2]]]);
    hour.retain([SECOND]);
    expect(linesOf(hour, {}, [FIRST])).toEqual([]);
  });

  it('is not joined over a pause', () => {
    const hour = new KeptHour();
    hour.gap();
    expect(hour.lastMs).toBeNull();
    hour.add(NOW_MS - 500_000, new Map([[FIRST, [sampleOf({ reads: 1 })]]]));
    hour.gap();
    hour.add(NOW_MS - 1, new Map([[FIRST, [sampleOf({ reads: 2 })]]]));
    expect(linesOf(hour, {}, [FIRST])).toEqual([['reads', FIRST, [1, null, 2]]]);
  });
});

const EMPTY = { asOf: null, everyMs: 10_000, statementsPerMinute: 1, nodes: [], pools: [], sources: [], gaps: [] };
const response = (times: readonly number[], lines: Record<string, (number | null)[]>): LiveResponse => ({
  ...EMPTY,
  times: [...times],
  lines: Object.entries(lines).map(([series, values]) => ({ series, node: null, values })),
});

describe('what has come since', () => {
  it('is added to what is held, also where a line begins, ends or comes twice', () => {
    const held = response([10, 20], { a: [1, 2], gone: [5, 6] });
    const next = response([20, 30], { a: [9, 3], begun: [7, 8] });
    const { times, lines } = mergeLive(held, next);
    expect(times).toEqual([10, 20, 30]);
    expect(Object.fromEntries(lines.map(({ series, values }) => [series, values]))).toEqual({
      a: [1, 2, 3],
      gone: [5, 6, null],
      begun: [null, null, 8],
    });
  });

  it('keeps an hour', () => {
    const held = response([0, 1_000], { a: [1, 2] });
    expect(mergeLive(held, response([KEPT_MS + 500], { a: [3] }))).toMatchObject({
      times: [1_000, KEPT_MS + 500],
      lines: [{ values: [2, 3] }],
    });
    expect(mergeLive(held, response([], {}))).toMatchObject({ times: [0, 1_000], lines: [{ values: [1, 2] }] });
    expect(mergeLive(undefined, held)).toBe(held);
  });
});
