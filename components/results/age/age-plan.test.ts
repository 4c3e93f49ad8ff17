import { describe, expect, it } from 'vitest';
import type { ResultColumn } from '@/lib/contract/frames';
import type { Table } from '@/lib/contract/schema';
import { keyPlaces } from '@/lib/cql/row-key';
import { type AgedColumn, agesIn, planAgeReads } from './age-plan';
import { ageBackground, placeIn, spanOf } from './age-scale';

const PLACE = { keyspace: 'flights', table: 'by_origin' };
const column = (name: string, kind: ResultColumn['kind'], type = 'text'): ResultColumn => ({ name, type, kind });
const TABLE: Table = {
  ...{ name: 'by_origin', id: null, kind: 'table', baseTable: null, comment: '', indexes: [] },
  columns: [
    { name: 'departs', type: 'timestamp', kind: 'clustering', position: 0, clusteringOrder: 'desc' },
    { name: 'Number', type: 'int', kind: 'clustering', position: 1, clusteringOrder: 'asc' },
    { name: 'origin', type: 'text', kind: 'partition_key', position: 0, clusteringOrder: 'none' },
    { name: 'delay', type: 'int', kind: 'regular', position: -1, clusteringOrder: 'none' },
    { name: 'airport', type: 'text', kind: 'static', position: -1, clusteringOrder: 'none' },
  ],
};
const COLUMNS = [
  column('origin', 'partition_key'),
  column('departs', 'clustering'),
  column('Number', 'clustering'),
  column('airport', 'static'),
  column('delay', 'regular'),
];
const AGED: AgedColumn[] = [
  { name: 'airport', source: 3, isStatic: true, support: { kind: 'cell' } },
  { name: 'delay', source: 4, isStatic: false, support: { kind: 'cell' } },
];

function keyOf(columns = COLUMNS, table = TABLE) {
  const key = keyPlaces(table, columns);
  if ('missing' in key) throw new Error(`missing: ${key.missing.join()}`);
  return key;
}

describe('reading the ages of rows in view', () => {
  it('wants the whole primary key, by what it is and not by what it is called', () => {
    expect(keyPlaces(TABLE, COLUMNS.slice(1))).toEqual({ missing: ['origin'] });
    expect(keyPlaces(TABLE, [column('origin', 'computed'), ...COLUMNS.slice(1)])).toEqual({ missing: ['origin'] });
  });

  it('asks for the rows of a partition together, by their clustering values', () => {
    const rows = [
      { row: 7, values: ['SEA', '2001', 1, 'Tacoma', 5] },
      { row: 8, values: ['SEA', '2000', 2, 'Tacoma', null] },
      { row: 9, values: ['SFO', '2000', 2, 'Francisco', 1] },
    ];
    const [first, second, ...others] = planAgeReads(PLACE, keyOf(), AGED, rows);
    expect(others).toEqual([]);
    expect(first?.statement).toBe(
      'SELECT departs, "Number", writetime(airport), ttl(airport), writetime(delay), ttl(delay) FROM flights.by_origin WHERE origin = ? AND (departs, "Number") IN ?',
    );
    expect(first?.params).toEqual([
      'SEA',
      [
        ['2001', 1],
        ['2000', 2],
      ],
    ]);
    expect(second?.params).toEqual(['SFO', [['2000', 2]]]);
    const ages = first && agesIn(first, [['2000', 2, '1700000000000000', null, null, null]]);
    expect([...(ages ?? [])]).toEqual([
      [
        8,
        new Map([
          [3, { writeMicros: 1_700_000_000_000_000n, ttlSeconds: null }],
          [4, null],
        ]),
      ],
    ]);
  });

  it('asks a partition that has no rows for its static values alone', () => {
    const [read, ...others] = planAgeReads(PLACE, keyOf(), AGED, [
      { row: 1, values: ['SEA', null, null, 'Tacoma', null] },
    ]);
    expect(others).toEqual([]);
    expect(read?.statement).toBe(
      'SELECT writetime(airport), ttl(airport) FROM flights.by_origin WHERE origin = ? LIMIT 1',
    );
    expect(read && [...agesIn(read, [['5', 60]])]).toEqual([[1, new Map([[3, { writeMicros: 5n, ttlSeconds: 60 }]])]]);
  });

  it('asks row by row where there is no clustering column, and in small pieces', () => {
    const table = { ...TABLE, columns: TABLE.columns.filter(({ kind }) => kind !== 'clustering') };
    const columns = COLUMNS.filter(({ kind }) => kind !== 'clustering');
    const [read] = planAgeReads(PLACE, keyOf(columns, table), AGED.slice(1), [
      { row: 0, values: ['SEA', 'Tacoma', 5] },
    ]);
    expect(read?.statement).toBe('SELECT writetime(delay), ttl(delay) FROM flights.by_origin WHERE origin = ?');
    const many = Array.from({ length: 120 }, (_, row) => ({ row, values: ['SEA', String(row), row, 'x', 1] }));
    expect(planAgeReads(PLACE, keyOf(), AGED, many).map(({ rows }) => rows.size)).toEqual([50, 50, 20]);
  });
});

describe('the scale of ages', () => {
  it('reaches from the oldest to the newest, to the microsecond', () => {
    const ages = [
      new Map([
        [0, { writeMicros: 9_000_000_000_000_000_000n, ttlSeconds: null }],
        [1, null],
      ]),
    ];
    expect(spanOf(ages)).toEqual({ oldest: 9_000_000_000_000_000_000n, newest: 9_000_000_000_000_000_000n });
    expect(spanOf([])).toBeNull();
    const span = { oldest: -9_000_000_000_000_000_000n, newest: 9_000_000_000_000_000_000n };
    expect([placeIn(span, span.oldest), placeIn(span, 0n), placeIn(span, span.newest)]).toEqual([0, 0.5, 1]);
  });

  it('is stronger for newer values, and hatched where they end', () => {
    expect(ageBackground(1, null)).not.toBe(ageBackground(0, null));
    expect(ageBackground(0.5, null)).not.toContain('repeating');
    expect(ageBackground(0.5, 30)).toContain('3px');
    expect(ageBackground(0.5, 99 * 86_400)).toContain('11px');
  });
});
