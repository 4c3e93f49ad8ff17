import { describe, expect, it, vi } from 'vitest';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import { rangeStatement } from './range-statement';

const bytes = (token: bigint) => {
  const buffer = new Uint8Array(8);
  new DataView(buffer.buffer).setBigInt64(0, token);
  return buffer;
};
const ALL = { from: MIN_TOKEN, to: MAX_TOKEN };
const rewritten = (statement: string, params: Uint8Array[] | null = null, key: string[] = ['k']) => {
  const result = rangeStatement(statement, params, key);
  return result && { statement: result.statement, bounds: result.bounds, params: result.params(1n, 2n) };
};

describe('rangeStatement', () => {
  it.each<[string, string, { from: bigint; to: bigint }]>([
    ['SELECT * FROM a.t', 'SELECT * FROM a.t WHERE token(k) > ? AND token(k) <= ?', ALL],
    [
      'SELECT v FROM t PER PARTITION LIMIT 2',
      'SELECT v FROM t WHERE token(k) > ? AND token(k) <= ? PER PARTITION LIMIT 2',
      ALL,
    ],
    [
      'SELECT * FROM t -- all\n  ALLOW FILTERING',
      'SELECT * FROM t WHERE token(k) > ? AND token(k) <= ? -- all\n  ALLOW FILTERING',
      ALL,
    ],
    [
      "SELECT v FROM t WHERE v = 'AND x' AND (c, d) > (1, 2) ALLOW FILTERING",
      "SELECT v FROM t WHERE token(k) > ? AND token(k) <= ? AND v = 'AND x' AND (c, d) > (1, 2) ALLOW FILTERING",
      ALL,
    ],
    [
      'SELECT * FROM t WHERE v BETWEEN 1 AND 3 AND d CONTAINS 4 ALLOW FILTERING',
      'SELECT * FROM t WHERE token(k) > ? AND token(k) <= ? AND v BETWEEN 1 AND 3 AND d CONTAINS 4 ALLOW FILTERING',
      ALL,
    ],
    [
      'select * from t where TOKEN(k) > -5 and v IN (1, 2) and token(k) <= 9 ALLOW FILTERING',
      'select * from t WHERE token(k) > ? AND token(k) <= ? AND v IN (1, 2) ALLOW FILTERING',
      { from: -5n, to: 9n },
    ],
    [
      'SELECT * FROM t WHERE token(k) >= 5 AND token(k) < 9',
      'SELECT * FROM t WHERE token(k) > ? AND token(k) <= ?',
      { from: 4n, to: 8n },
    ],
    [
      'SELECT * FROM t WHERE token(k) = 7',
      'SELECT * FROM t WHERE token(k) > ? AND token(k) <= ?',
      { from: 6n, to: 7n },
    ],
    [
      // To Cassandra the least token as an upper bound is no bound at all.
      'SELECT * FROM t WHERE token(k) > 5 AND token(k) <= -9223372036854775808',
      'SELECT * FROM t WHERE token(k) > ? AND token(k) <= ?',
      { from: 5n, to: MAX_TOKEN },
    ],
  ])('%s', (statement, expected, bounds) => {
    expect(rewritten(statement)).toEqual({ statement: expected, bounds, params: [bytes(1n), bytes(2n)] });
  });

  it('takes its own bounds out of the parameters and keeps the others at their markers', () => {
    const [a, b] = [Uint8Array.of(1), Uint8Array.of(2)];
    expect(
      rewritten('SELECT * FROM t WHERE v = ? AND token(k) > ? AND token(k) <= ?', [a, bytes(-7n), bytes(40n)]),
    ).toEqual({
      statement: 'SELECT * FROM t WHERE token(k) > ? AND token(k) <= ? AND v = ?',
      bounds: { from: -7n, to: 40n },
      params: [bytes(1n), bytes(2n), a],
    });
    expect(rewritten('SELECT f(?) FROM t WHERE token(k) <= ? AND v = ? ALLOW FILTERING', [a, bytes(3n), b])).toEqual({
      statement: 'SELECT f(?) FROM t WHERE token(k) > ? AND token(k) <= ? AND v = ? ALLOW FILTERING',
      bounds: { from: MIN_TOKEN, to: 3n },
      params: [a, bytes(1n), bytes(2n), b],
    });
  });

  it('names its markers if the statement does, and quotes the key', () => {
    expect(rewritten('SELECT * FROM t WHERE v = :v ALLOW FILTERING', [bytes(0n)], ['K', 'order'])?.statement).toBe(
      'SELECT * FROM t WHERE token("K", "order") > :ringside_from AND token("K", "order") <= :ringside_to AND v = :v ALLOW FILTERING',
    );
  });

  it.each([
    'SELECT * FROM t WHERE token(k) > ?',
    'SELECT * FROM t WHERE token(k) > token(5)',
    'SELECT * FROM t WHERE token(k) > 9223372036854775808',
    'SELECT * FROM t WHERE k = 5',
    'SELECT * FROM t WHERE k > 5 AND v = 1 ALLOW FILTERING',
    'SELECT * FROM t WHERE (token(k) > 5)',
    'INSERT INTO t (k) VALUES (1)',
    'SELECT * FROM t WHERE',
  ])('leaves in one piece: %s', (statement) => {
    expect(rewritten(statement)).toBeNull();
  });

  it('scans its tokens as often for many bounds as for one', () => {
    const passes = (bounds: number) => {
      const filter = vi.spyOn(Array.prototype, 'filter');
      const params = Array.from({ length: bounds + 1 }, () => bytes(5n));
      rangeStatement(`SELECT * FROM t WHERE token(k) > ?${' AND token(k) > ?'.repeat(bounds)}`, params, ['k']);
      const { length } = filter.mock.calls;
      filter.mockRestore();
      return length;
    };
    expect(passes(200)).toBe(passes(1));
  });
});
