import { describe, expect, it } from 'vitest';
import { eachRequestSchema } from '@/lib/contract/parameters';
import { eachRequest } from './each-request';

const ID = '3f0a4e0e-6a51-4b5c-8a6e-0c8f3a6f6a11';
const CHOICES = {
  rows: [{ cells: ['1', 'a'], raw: '1,a' }],
  markers: [{ column: 0 }, { column: 1 }],
  empty: 'null',
  concurrency: null,
  stopOnFailure: false,
  keyspace: null,
  consistency: null,
  isWrite: false,
} as const;
const LWT = 'INSERT INTO t (k, v) VALUES (?, ?) IF NOT EXISTS';

describe('the request of a run for each row', () => {
  it('leaves to the server what was not chosen', () => {
    const request = eachRequest('SELECT * FROM t WHERE k = ? AND v = ?', { ...CHOICES, timeoutMs: null }, ID);
    expect(Object.keys(request)).toEqual(['id', 'statement', 'markers', 'rows', 'empty', 'stopOnFailure']);
    expect(eachRequestSchema.safeParse(request).success).toBe(true);
  });

  it('has every choice under the editor, and what was confirmed', () => {
    const chosen = {
      keyspace: 'k',
      consistency: 'QUORUM',
      serialConsistency: 'LOCAL_SERIAL',
      timeoutMs: 500,
      concurrency: 8,
    } as const;
    const request = eachRequest(LWT, { ...CHOICES, ...chosen, isWrite: true }, ID);
    expect(request).toMatchObject({ ...chosen, confirm: { statement: LWT, rows: 1 } });
    expect(eachRequestSchema.safeParse(request).success).toBe(true);
  });
});
