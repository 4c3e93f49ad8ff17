import { describe, expect, it } from 'vitest';
import type { StepEnd } from './run';
import { agreementWords, awaitingWords, runFacts } from './run-words';

const END: StepEnd = { outcome: 'complete', rows: 268, pages: 1, firstRowMs: 14, elapsedMs: 14, agreement: null };

describe('what a statement came to', () => {
  it.each<[Partial<StepEnd>, string]>([
    [{}, '268 rows · 14 ms'],
    [{ rows: 1 }, '1 row · 14 ms'],
    [{ rows: 0 }, '0 rows · 14 ms'],
    [{ pages: 3, elapsedMs: 1_240 }, '268 rows · 3 pages · first row after 14 ms · 1.2 s in all'],
    [{ outcome: 'paused', rows: 2_000 }, '2,000 rows so far · 14 ms'],
    [{ outcome: 'stopped', pages: 2, firstRowMs: null }, '268 rows so far · 2 pages · 14 ms in all'],
    [{ outcome: 'failed', rows: 0, pages: 0, firstRowMs: null }, 'failed after 14 ms'],
    [{ outcome: 'failed', rows: 0, applied: 'unknown' }, 'unknown after 14 ms'],
    [{ rows: 1, applied: 'not_applied' }, 'not applied · 14 ms'],
    [{ rows: 1, applied: 'applied' }, 'applied · 14 ms'],
    [{ outcome: 'failed' }, '268 rows so far · 14 ms'],
    [{ outcome: 'done', rows: 0 }, '14 ms'],
    [{ outcome: 'schema_change', rows: 0, elapsedMs: 3_100 }, '3.1 s'],
    [{ outcome: 'done', rows: 0, applied: 'applied' }, '14 ms'],
  ])('%o is %s', (change, words) => {
    expect(runFacts({ ...END, ...change })).toBe(words);
  });
});

describe('what is known of the nodes after a schema change', () => {
  const of3 = { nodes: 3, agreed: 2, silent: [], differing: [] };
  it.each([
    [{ ...of3, agreed: 3 }, 'All 3 nodes have the new schema.'],
    [{ ...of3, nodes: 1, agreed: 1 }, 'The node has the new schema.'],
    [
      { ...of3, silent: ['127.0.0.3:9042'] },
      'Ran. 127.0.0.3 did not answer, so whether it has the new schema is not known.',
    ],
    [
      { ...of3, agreed: 1, silent: ['10.0.0.2:9042', '10.0.0.3:9042'] },
      'Ran. 10.0.0.2 and 10.0.0.3 did not answer, so whether they have the new schema is not known.',
    ],
    [{ ...of3, differing: ['10.0.0.2:9042'] }, 'Ran. 10.0.0.2 still has another schema; check the Ring page later.'],
  ])('%o', (agreement, words) => {
    expect(agreementWords(agreement)).toBe(words);
  });

  it('is counted while it is awaited', () => {
    expect(awaitingWords(of3)).toBe('Waiting for schema agreement: 2 of 3 nodes');
  });
});
