import { describe, expect, it } from 'vitest';
import type { SparkVerdict } from '@/lib/contract/spark';
import { NATIVE_TYPES } from '@/lib/cql/types';
import { columnsInSpark, tableProblems, targetProblems } from './columns';
import { tableOf } from './test-tables';

function passage(type: string, format: Parameters<typeof columnsInSpark>[1] = 'parquet') {
  const [column] = columnsInSpark(tableOf(['id int', `v ${type}`], 1).columns.slice(1), format);
  if (column === undefined) throw new Error('no column');
  return column;
}

describe('what Spark makes of a column', () => {
  const VERDICTS: readonly (readonly [string, SparkVerdict, string | null])[] = [
    ['text', 'exact', 'string'],
    ['boolean', 'exact', 'boolean'],
    ['bigint', 'exact', 'bigint'],
    ['double', 'exact', 'double'],
    ['blob', 'exact', 'binary'],
    ['date', 'exact', 'date'],
    ['uuid', 'retyped', 'string'],
    ['inet', 'retyped', 'string'],
    ['time', 'retyped', 'bigint'],
    ['counter', 'retyped', 'bigint'],
    ['decimal', 'may_lose', 'decimal(38,18)'],
    ['varint', 'may_lose', 'decimal(38,0)'],
    ['timestamp', 'may_lose', 'timestamp'],
    ['duration', 'retyped', 'string'],
    ['list<duration>', 'may_lose', 'array<string>'],
    ['list<int>', 'retyped', 'array<int>'],
    ['frozen<list<int>>', 'may_lose', 'array<int>'],
    ['map<text, text>', 'retyped', 'map<string,string>'],
    ['set<decimal>', 'may_lose', 'array<decimal(38,18)>'],
    ['frozen<tuple<int, text>>', 'retyped', 'struct'],
    ['vector<float, 3>', 'retyped', 'array<float>'],
    ['vector<text, 3>', 'unreadable', null],
    ['vector<vector<float, 2>, 2>', 'unreadable', null],
    ["'org.example.Custom'", 'unreadable', null],
    ['map<text, frozen<list<vector<text, 2>>>>', 'unreadable', null],
  ];

  it.each(VERDICTS)('%s: %s', (type, verdict, sparkType) => {
    expect(passage(type)).toMatchObject({ type, verdict, sparkType });
  });

  it('says why for everything that is not exact', () => {
    const silent = [...VERDICTS, ...NATIVE_TYPES.map((type) => [type] as const)].filter(([type]) => {
      const { verdict, notes } = passage(type);
      return (verdict === 'may_lose' || verdict === 'unreadable') && notes.length === 0;
    });
    expect(silent).toEqual([]);
  });

  it('names the loss of an element in its collection', () => {
    expect(passage('list<timestamp>').notes).toEqual(expect.arrayContaining([expect.stringContaining('1582-10-15')]));
  });

  it('says what text formats write for bytes and collections', () => {
    expect(passage('blob', 'csv')).toMatchObject({ verdict: 'retyped', notes: ['Written as 0x and hex digits.'] });
    expect(passage('map<text, int>', 'csv').notes).toContain('Written as JSON.');
    expect(passage('list<blob>', 'ndjson').notes).toContain('Blobs in it are Base64.');
  });
});

describe('a table that Spark cannot serve', () => {
  it('has a partition key whose name needs quotes in Spark', () => {
    expect(tableProblems(tableOf(['a-b int', 'v text'], 1))[0]).toContain('a-b');
    expect(tableProblems(tableOf(['Key int', 'c-k int', 'v text'], 1, 1))).toEqual([]);
  });

  it('is virtual', () => {
    expect(tableProblems({ ...tableOf(['id int'], 1), isVirtual: true })).toHaveLength(1);
  });

  it('has counters, as a target', () => {
    const table = tableOf(['id int', 'hits counter'], 1);
    expect(tableProblems(table)).toEqual([]);
    expect(targetProblems(table)[0]).toContain('hits');
  });
});
