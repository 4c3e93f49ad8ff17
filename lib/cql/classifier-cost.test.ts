import { describe, expect, it } from 'vitest';
import { classify } from './classifier';
import { of, partition, schema, select } from './test-classifier';

describe('what a SELECT costs', () => {
  it.each([
    [partition, { scope: 'one_partition' }],
    [`${partition} AND departs > 1 ORDER BY departs DESC`, { scope: 'one_partition' }],
    [`${partition} AND (departs, seq) > (1, 2)`, { scope: 'one_partition' }],
    [`WHERE origin IN ('SEA', 'PDX') AND "Day" IN (?, ?, ?)`, { scope: 'partitions', count: 6 }],
    [`WHERE origin IN ? AND "Day" = ?`, { scope: 'partitions', count: null }],
    ['', { scope: 'whole_ring' }],
    ['LIMIT 10', { scope: 'whole_ring' }],
    ['PER PARTITION LIMIT 1', { scope: 'whole_ring' }],
    ['WHERE token(origin, "Day") > 0', { scope: 'ring_share', fraction: 0.5 }],
    [
      'WHERE token(origin, "Day") > 0 AND token(origin, "Day") <= 4611686018427387904',
      { scope: 'ring_share', fraction: 0.25 },
    ],
    ['WHERE token(origin, "Day") > ?', { scope: 'ring_share', fraction: null }],
    ["WHERE dest = 'PDX'", { scope: 'index', name: 'by_dest' }],
    ["WHERE dest = 'PDX' AND delay > 5 ALLOW FILTERING", { scope: 'index', name: 'by_dest' }],
    ['WHERE delay > 5 ALLOW FILTERING', { scope: 'whole_ring_filtering' }],
    ["WHERE origin = 'SEA' ALLOW FILTERING", { scope: 'whole_ring_filtering' }],
    [`${partition} AND delay > 5 ALLOW FILTERING`, { scope: 'one_partition' }],
    ['ORDER BY shape ANN OF [1, 2, 3] LIMIT 5', { scope: 'index', name: 'by_shape' }],
  ])('SELECT … %s', (rest, cost) => {
    expect(select(rest)).toMatchObject({ kind: 'select', isWrite: false, cost });
  });

  it('follows the scan table', () => {
    const scan = (rest: string) => {
      const { order, splittable, ringProgress, pageable } = select(rest);
      return [order, splittable, ringProgress, pageable];
    };
    expect(scan(partition)).toEqual(['clustering', false, false, true]);
    expect(scan(`WHERE origin IN ('a') AND "Day" = ?`)).toEqual(['values', false, false, true]);
    expect(scan(`WHERE origin IN ('a') AND "Day" = ? ORDER BY departs`)).toEqual(['clustering', false, false, false]);
    expect(scan('')).toEqual(['token', true, true, true]);
    expect(scan('WHERE token(origin, "Day") > 0')).toEqual(['token', true, true, true]);
    expect(scan('WHERE delay = 1 ALLOW FILTERING')).toEqual(['token', true, true, true]);
    expect(scan("WHERE dest = 'PDX'")).toEqual(['as_served', false, false, true]);
    expect(scan('ORDER BY shape ANN OF [1, 2, 3] LIMIT 5')).toEqual(['similarity', false, false, false]);
    expect(scan('LIMIT 5')).toEqual(['token', false, true, true]);
    expect(scan('GROUP BY origin')).toEqual(['none', false, false, true]);
  });

  it('distinguishes aggregates from functions of one row', () => {
    const splits = (selection: string) => of(`SELECT ${selection} FROM "Flights"`).splittable;
    expect(
      ['delay', 'token(origin, "Day")', 'CAST(delay AS text)', 'writetime(delay)', 'blobAsInt(intAsBlob(1))'].map(
        splits,
      ),
    ).not.toContain(false);
    expect(
      ['count(*)', 'max(delay)', 'MAX(delay) + 1', 'median(delay)', 'system.avg(delay)', 'demo.median(delay)'].map(
        splits,
      ),
    ).not.toContain(true);
    expect(classify('SELECT mystery(a) FROM demo."Flights"').splittable).toBe(false);
    expect(of('SELECT count(*) FROM "Flights"')).toMatchObject({ cost: { scope: 'whole_ring' }, ringProgress: false });
  });

  it('leaves unclear statements unknown, and says why', () => {
    const why = (rest: string) => {
      const { cost, warnings } = select(rest);
      return [cost.scope, warnings[0]];
    };
    expect(why("WHERE origin = 'SEA'")).toEqual(['unknown', 'Cassandra refuses this: also needs Day']);
    expect(why('WHERE delay = 1')).toEqual([
      'unknown',
      'Cassandra refuses this: delay is not in the key and has no index',
    ]);
    expect(why(`${partition} AND seq = 1`)).toEqual(['unknown', 'Cassandra refuses this: also needs departs']);
    expect(why('WHERE token("Day", origin) > 0')[0]).toBe('unknown');
    expect(why(`${partition} AND token(origin, "Day") > 0`)[0]).toBe('unknown');
    expect(why('WHERE nothing = 1')).toEqual(['unknown', 'Cassandra refuses this: there is no column nothing']);
    expect(why('WHERE delay ~ 1')[0]).toBe('unknown');
    expect(why('HAVING delay > 1')[0]).toBe('unknown');
    expect(why('WHERE (departs, origin) > (1, 2)')[0]).toBe('unknown');
  });

  it('claims nothing without the schema, the table or the keyspace', () => {
    for (const context of [{}, { keyspace: 'demo' }, { keyspace: 'elsewhere', schema }, { schema }]) {
      expect(classify(`SELECT * FROM "Flights" ${partition}`, context)).toMatchObject({
        cost: { scope: 'unknown' },
        splittable: false,
        ringProgress: false,
      });
    }
  });

  it('knows node-local tables', () => {
    for (const table of ['system.local', 'system_views.settings', 'metrics.clients']) {
      expect(of(`SELECT * FROM ${table}`)).toMatchObject({
        cost: { scope: 'one_node' },
        order: 'node_local',
        splittable: false,
        ringProgress: false,
      });
    }
    expect(of('DESCRIBE TABLES')).toMatchObject({ kind: 'describe', cost: { scope: 'one_node' }, isWrite: false });
  });
});

describe('warnings', () => {
  it('says what a DELETE removes', () => {
    const warnings = (rest: string) => of(`DELETE ${rest}`).warnings;
    expect(warnings(`FROM "Flights" ${partition}`)).toEqual(['Deletes the whole partition, with every row in it']);
    expect(warnings(`FROM "Flights" WHERE origin IN ('a', 'b') AND "Day" = ?`)).toEqual([
      'Deletes 2 whole partitions, with every row in them',
    ]);
    expect(warnings(`FROM "Flights" ${partition} AND departs > 1`)).toEqual(['Deletes a range of rows, not one']);
    expect(warnings(`FROM "Flights" ${partition} AND departs = 1 AND seq = 2 IF EXISTS`)).toEqual([]);
    expect(warnings(`delay FROM "Flights" ${partition}`)).toEqual([]);
    expect(warnings('FROM nowhere WHERE a = 1')).toEqual([expect.stringContaining('May delete whole partitions')]);
  });

  it('warns about filtering, groups and dropped columns', () => {
    expect(select('WHERE delay > 5 ALLOW FILTERING').warnings[0]).toContain('reads the whole ring and discards');
    expect(of('SELECT count(*) FROM "Flights"').warnings[0]).toContain('Every row is read');
    expect(select(`${partition} GROUP BY origin`).warnings).toEqual([]);
    expect(of('ALTER TABLE t DROP a').warnings[0]).toContain('loses its values');
    expect(of('COPY t TO x').warnings[0]).toContain('cqlsh');
    expect(of('SELECT 1; SELECT 2').warnings[0]).toContain('2 statements');
  });
});
