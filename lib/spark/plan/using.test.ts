import { describe, expect, it } from 'vitest';
import { tableOf } from './test-tables';
import { listsOf, usingColumns, usingField, writeOptions } from './using';

const MICROS = 1_700_000_000_000_000;

describe('the TTL and the write time of rows', () => {
  it('are the connector’s options `ttl` and `writetime`: it ignores `timestamp`', () => {
    expect(writeOptions({ ttl: null, timestamp: null, timestampMicros: MICROS })).toBe(`{"writetime": "${MICROS}"}`);
    expect(writeOptions({ ttl: 60, timestamp: null, timestampMicros: MICROS })).toBe(
      `{"writetime": "${MICROS}", "ttl": "60"}`,
    );
    expect(usingColumns({ ttl: 60, timestamp: null, timestampMicros: MICROS })).toEqual([]);
  });

  it('come from a field of each row, and a row whose field is no such number is at fault', () => {
    const using = { ttl: { field: 'a`b' }, timestamp: { field: 'at' }, timestampMicros: MICROS };
    expect(writeOptions(using)).toBe('{"writetime": "ringside_write_time", "ttl": "ringside_ttl"}');
    const [ttl, at] = usingColumns(using);
    expect(ttl?.value).toBe('try_cast(trim(CAST(`a``b` AS STRING)) AS INT)');
    expect(ttl?.faults[0]?.when).toContain(
      'NOT (try_cast(trim(CAST(`a``b` AS STRING)) AS INT) BETWEEN 0 AND 630720000)',
    );
    expect(at?.value).toBe(`coalesce(try_cast(trim(CAST(\`at\` AS STRING)) AS BIGINT), ${MICROS}L)`);
    expect(at?.faults).toEqual([
      {
        when: '`at` IS NOT NULL AND (try_cast(trim(CAST(`at` AS STRING)) AS BIGINT) IS NULL)',
        reason: 'at: not a write time in microseconds',
      },
    ]);
  });

  it('are those of each write for lists, which one fixed time would double', () => {
    const table = tableOf(['id int', 'l list<int>', 'f frozen<list<int>>', 's set<int>'], 1);
    const mapped = (...names: string[]) => names.map((name) => ({ to: name, from: { field: name }, steps: [] }));
    expect(listsOf(table, mapped('id', 'l', 'f', 's'))).toEqual(['l']);
    expect(listsOf(table, mapped('id', 'f', 's'))).toEqual([]);
    expect(writeOptions({ ttl: null, timestamp: null, timestampMicros: null })).toBe('{}');
  });

  it('come from numbers and text alone', () => {
    expect(usingField('n', { kind: 'native', name: 'bigint' })).toEqual({ field: 'n' });
    expect(() => usingField('n', { kind: 'native', name: 'double' })).toThrow('no whole numbers');
    expect(() => usingField('n', undefined)).toThrow('no field “n”');
  });
});
