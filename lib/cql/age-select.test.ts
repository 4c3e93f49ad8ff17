import { describe, expect, it } from 'vitest';
import { ageSupport, selectFrom, ttlSelector, writeTimeSelector } from './age-select';

const kindOf = (type: string, release: string | null = '5.0.9') => ageSupport({ kind: 'regular', type }, release).kind;

describe('which cells have a write time', () => {
  it('all except keys and counters', () => {
    expect(kindOf('int')).toBe('cell');
    expect(kindOf('counter')).toBe('none');
    expect(ageSupport({ kind: 'static', type: 'text' }, null).kind).toBe('cell');
    expect(ageSupport({ kind: 'clustering', type: 'text' }, '5.0.9').kind).toBe('key');
    expect(ageSupport({ kind: 'partition_key', type: 'text' }, '5.0.9').kind).toBe('key');
  });

  it('elements of unfrozen values have their own, readable since 5.0', () => {
    for (const type of ['list<int>', 'set<text>', 'map<text, int>', 'address']) {
      expect([type, kindOf(type), kindOf(type, '4.1.10'), kindOf(type, null)]).toEqual([
        type,
        'elements',
        'none',
        'none',
      ]);
    }
    for (const type of ['frozen<list<int>>', 'frozen<address>', 'frozen<tuple<int, text>>', 'vector<float, 3>']) {
      expect([type, kindOf(type, '4.0.19')]).toEqual([type, 'cell']);
    }
  });

  it('are selected by name', () => {
    const selectors = [
      writeTimeSelector('Delay', { kind: 'cell' }),
      writeTimeSelector('tags', { kind: 'elements' }),
      ttlSelector('tags'),
    ];
    expect(selectFrom({ keyspace: 'flights', table: 'Late' }, selectors, ['origin = ?', 'day = ?'], 1)).toBe(
      'SELECT writetime("Delay"), maxwritetime(tags), ttl(tags) FROM flights."Late" WHERE origin = ? AND day = ? LIMIT 1',
    );
  });
});
