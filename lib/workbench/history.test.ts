import { describe, expect, it } from 'vitest';
import { HISTORY_LIMIT, HISTORY_STATEMENT_LIMIT, type HistoryEntry, historyReducer, searchHistory } from './history';

function entry(id: string, change: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    id,
    statement: `SELECT * FROM t${id}`,
    keyspace: null,
    at: '2026-01-01T00:00:00.000Z',
    outcome: 'complete',
    rows: 1,
    elapsedMs: 3,
    ...change,
  };
}

describe('the history of statements', () => {
  it('keeps the newest first and the last 200', () => {
    let history: readonly HistoryEntry[] = [];
    for (let i = 0; i < HISTORY_LIMIT + 5; i++) {
      history = historyReducer([...history], { type: 'record', entry: entry(String(i)) });
    }
    expect(history).toHaveLength(HISTORY_LIMIT);
    expect(history[0]?.id).toBe(String(HISTORY_LIMIT + 4));
    expect(history.at(-1)?.id).toBe('5');
  });

  it('keeps one line for a run that was read on, at its place', () => {
    const history = [entry('b'), entry('a', { outcome: 'paused', rows: 100 })];
    const after = historyReducer(history, { type: 'record', entry: entry('a', { rows: 250 }) });
    expect(after.map(({ id, rows }) => [id, rows])).toEqual([
      ['b', 1],
      ['a', 250],
    ]);
  });

  it('leaves out a statement too long to keep', () => {
    const long = entry('x', { statement: 'x'.repeat(HISTORY_STATEMENT_LIMIT + 1) });
    expect(historyReducer([], { type: 'record', entry: long })).toEqual([]);
  });

  it('removes one and clears all', () => {
    expect(historyReducer([entry('a'), entry('b')], { type: 'remove', id: 'a' }).map(({ id }) => id)).toEqual(['b']);
    expect(historyReducer([entry('a')], { type: 'clear' })).toEqual([]);
  });

  it('finds runs by words of the statement, the keyspace or the error', () => {
    const history = [
      entry('a', { statement: 'SELECT * FROM flights.by_route' }),
      entry('b', { statement: 'SELECT 1', keyspace: 'nature' }),
      entry('c', { outcome: 'failed', message: 'Undefined column name wings' }),
    ];
    expect(searchHistory(history, 'ROUTE select').map(({ id }) => id)).toEqual(['a']);
    expect(searchHistory(history, 'nature').map(({ id }) => id)).toEqual(['b']);
    expect(searchHistory(history, 'wings').map(({ id }) => id)).toEqual(['c']);
    expect(searchHistory(history, '  ')).toBe(history);
  });
});
