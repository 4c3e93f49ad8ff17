import { expect, describe as group, it } from 'vitest';
import { statsCells, statsGroups } from './stats-table';
import { nodeStats } from './test-node-stats';

const latency = (p50Ms: number, p99Ms: number, maxMs: number, count = '7') => {
  return { p50Ms, p99Ms, maxMs, count, perSecond: 0 };
};

group('the stats of a table, by unit', () => {
  it('share one scale in each unit', () => {
    const [latencies, tombstones, rows] = statsGroups([
      nodeStats('10.0.0.1', {
        localRead: latency(2, 40, 55),
        tombstonesPerRead: { count: '3', p50: 1, p99: 1, max: 1 },
      }),
      nodeStats('10.0.0.2', { coordinatorWrite: latency(1, 2, 310) }),
    ]);
    expect(latencies).toMatchObject({ title: 'Latency', scaleEnd: 310 });
    expect(latencies?.measures.map(({ title }) => title)).toEqual([
      'Local reads',
      'Local writes',
      'Coordinated reads',
      'Coordinated writes',
    ]);
    expect(latencies?.measures[0]?.rows.map(({ node, figures }) => [node, figures?.max])).toEqual([
      ['10.0.0.1', 55],
      ['10.0.0.2', undefined],
    ]);
    // One tombstone does not fill a bar.
    expect(tombstones).toMatchObject({ title: 'Tombstones', scaleEnd: 100 });
    expect(rows).toMatchObject({ title: 'Rows', scaleEnd: 100 });
  });

  it.each([
    [latency(2, 40, 55), 'Cassandra reports whole milliseconds of the last minutes.'],
    [latency(0.183, 0.786, 1.358), 'Cassandra reports milliseconds of the last minutes.'],
  ])('say how exact latencies are: %j', (localRead, note) => {
    expect(statsGroups([nodeStats('10.0.0.1', { localRead })])[0]?.note).toBe(note);
  });

  it('have a scale where nothing was measured', () => {
    expect(statsGroups([nodeStats('10.0.0.1')]).map(({ scaleEnd }) => scaleEnd)).toEqual([10, 100, 100]);
  });
});

group('the figures of a node', () => {
  const zero = { one: '< 0.5', all: 'under 0.5 ms or idle' };
  const texts = (p50: number, p99: number, max: number, count = 5) => {
    const cells = statsCells({ p50, p99, max, count }, zero);
    return 'all' in cells ? cells.all : cells.each.map(({ name, text }) => `${name} ${text}`);
  };

  it('are a dash where there is no data', () => {
    expect(statsCells(null, zero)).toEqual({ all: '–' });
    expect(texts(0, 0, 0, 0)).toBe('–');
  });

  it('are numbers with three digits, and say what a zero means', () => {
    expect(texts(0, 0, 0)).toBe('under 0.5 ms or idle');
    expect(texts(0, 3, 5)).toEqual(['p50 < 0.5', 'p99 3', 'max 5']);
    expect(texts(1.234_5, 12.345, 12_345)).toEqual(['p50 1.23', 'p99 12.3', 'max 12300']);
  });
});
