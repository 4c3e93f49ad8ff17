import { describe, expect, it } from 'vitest';
import type { Table, TableColumn } from '@/lib/contract/schema';
import type { SeenPartition } from '@/lib/contract/tables';
import { timeColumnOf, timeOfCell, timeSeriesAdvice } from './time-series';

const column = (name: string, type: string, kind: TableColumn['kind'], position = 0): TableColumn => {
  return { name, type, kind, position, clusteringOrder: kind === 'clustering' ? 'asc' : 'none' };
};

const TABLE: Pick<Table, 'name' | 'columns' | 'kind'> = {
  name: 'readings',
  kind: 'table',
  columns: [
    column('sensor', 'uuid', 'partition_key'),
    column('at', 'timestamp', 'clustering', 0),
    column('seq', 'int', 'clustering', 1),
    column('place', 'text', 'static', -1),
    column('value', 'double', 'regular', -1),
  ],
};
const keyed = (...key: TableColumn[]) => ({ ...TABLE, columns: [...key, ...TABLE.columns.slice(1)] });

const partition = (more: Partial<SeenPartition> = {}): SeenPartition => ({
  key: { sensor: 'a' },
  token: '1',
  rows: 500_000,
  isWhole: true,
  bytes: 50_000_000,
  bytesPerRow: 100,
  time: { from: '2026-11-01T00:00:00.000Z', to: '2026-11-10T12:00:00.000Z', days: 10 },
  ...more,
});
const advised = (widest: readonly SeenPartition[], table = TABLE, defaultTtlSeconds = 0) =>
  timeSeriesAdvice({ keyspace: 'k', table, widest, defaultTtlSeconds });

describe('advice for a time series', () => {
  it('says what was seen to grow, and what a day bucket makes of it', () => {
    const given = advised([partition()]);
    expect(given).toHaveProperty('advice');
    if (!('advice' in given)) return;
    const { advice } = given;
    expect(advice.observed).toEqual([
      '500,000 rows of one partition are of 10 days within 10 days: 50,000 rows a day, of about 100 B each.',
      'At that rate it comes to 1.70 GiB in a year. Partitions should stay under 100 MiB.',
    ]);
    expect(advice.would[0]).toContain('10 partitions instead of one');
    expect(advice.would[0]).toContain('50,000 rows and about 4.77 MiB each');
    expect(advice.would).toContainEqual(expect.stringContaining('Static columns'));
    expect(advice.createTable).toBe(
      [
        'CREATE TABLE k.readings_by_day (',
        '  sensor uuid,',
        '  day date,',
        '  at timestamp,',
        '  seq int,',
        '  place text static,',
        '  value double,',
        '  PRIMARY KEY ((sensor, day), at, seq)',
        ') WITH CLUSTERING ORDER BY (at DESC, seq ASC);',
      ].join('\n'),
    );
    expect(advice.queries[1]).toEqual({
      before: 'SELECT * FROM k.readings WHERE sensor = ? ORDER BY at DESC LIMIT 100',
      after:
        'SELECT * FROM k.readings_by_day WHERE sensor = ? AND day = ? LIMIT 100 -- of today, then of the day before until there are enough',
    });
  });

  it('names the bucket so that no column has its name', () => {
    const table = { ...TABLE, columns: [...TABLE.columns, column('day', 'int', 'regular', -1)] };
    const given = advised([partition()], table);
    expect('advice' in given && given.advice.createTable).toContain('  day_utc date,');
  });

  it.each<[string, readonly SeenPartition[]]>([
    ['nothing was seen', []],
    ['rows were not measured', [partition({ bytesPerRow: null })]],
    [
      'all rows are of one day',
      [partition({ time: { from: '2026-11-01T00:00:00Z', to: '2026-11-01T09:00:00Z', days: 1 } })],
    ],
    ['its rows have no time', [partition({ time: null })]],
    ['it stays small', [partition({ rows: 100 })]],
  ])('is absent where %s', (_name, widest) => {
    expect(advised(widest)).toHaveProperty('noAdvice');
  });

  it('is absent where rows expire before a partition grows large', () => {
    expect(advised([partition()], TABLE, 86_400)).toEqual({
      noAdvice: 'At the growth that was seen, the widest partition reaches 4.77 MiB in 1 day: under 100 MiB.',
    });
    expect(advised([partition()], TABLE, 30 * 86_400)).toHaveProperty('advice');
  });
});

describe('the tables that it is for', () => {
  it.each([
    ['day', 'text'],
    ['bucket', 'int'],
    ['date_bucket', 'int'],
    ['yyyymmdd', 'int'],
    ['eventDay', 'text'],
    ['at', 'timestamp'],
    ['month', 'int'],
    ['shard', 'int'],
    ['anything', 'date'],
  ])('have no %s %s in their partition key', (name, type) => {
    const key = [column('sensor', 'uuid', 'partition_key', 0), column(name, type, 'partition_key', 1)];
    expect(timeColumnOf(keyed(...key))).toContain(name);
  });

  it.each([
    ['holiday', 'text'],
    ['status', 'text'],
    ['mandate', 'int'],
    ['customer', 'uuid'],
  ])('may have %s in it', (name, type) => {
    expect(timeColumnOf(keyed(column(name, type, 'partition_key')))).toMatchObject({ name: 'at' });
  });

  it('are ordered by time, and are tables', () => {
    expect(timeColumnOf({ ...TABLE, columns: TABLE.columns.slice(0, 1) })).toContain('one row each');
    const byName = [
      column('k', 'int', 'partition_key'),
      column('name', 'text', 'clustering'),
      column('at', 'timestamp', 'clustering', 1),
    ];
    expect(timeColumnOf({ ...TABLE, columns: byName })).toContain('ordered by name');
    expect(timeColumnOf({ ...TABLE, kind: 'view' })).toContain('not a table');
  });
});

describe('the time of a cell', () => {
  const bytes = (hex: string) => Buffer.from(hex, 'hex');
  it.each([
    ['timestamp', '0000000000000000', 0],
    ['timestamp', 'ffffffffffffffff', -1],
    ['date', '80000000', 0],
    ['date', '7fffffff', -86_400_000],
    // 13814000-1dd2-11b2-8000-000000000000 is 1970-01-01 (RFC 4122).
    ['timeuuid', '138140001dd211b28000000000000000', 0],
    ['timeuuid', '138167101dd211b28000000000000000', 1],
    ['timestamp', '', null],
    ['text', '0000000000000000', null],
  ])('of %s %s is %s', (type, hex, time) => {
    expect(timeOfCell(bytes(hex), type)).toBe(time);
  });
  it('is unknown of null', () => expect(timeOfCell(null, 'timestamp')).toBeNull());
});
