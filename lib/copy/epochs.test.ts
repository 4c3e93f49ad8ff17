import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Epochs, type RowCounts, type SourceRow } from './epochs';

const CELLS = [new Uint8Array(1)];
const REASON = { code: 'write_timeout' as const, message: 'slow' };
type Outcome = 'applied' | 'refused' | 'unknown';

describe('source rows on their way', () => {
  it('are settled in order, each once, and never past one that has not ended', () => {
    const rows = fc.array(
      fc.record({
        writes: fc.integer({ min: 1, max: 2 }),
        outcome: fc.constantFrom<Outcome>('applied', 'refused', 'unknown'),
        closes: fc.boolean(),
        order: fc.integer(),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(rows, (given) => {
        const epochs = new Epochs();
        const begun = given.map(({ writes, outcome, closes, order }, at) => {
          epochs.add(1, 10, 0);
          const tag = epochs.begin(CELLS, at % 3, writes, 0);
          if (closes) epochs.close({ scan: String(at), line: at });
          return { tag, writes, outcome, order, at };
        });
        epochs.close({ scan: 'end', line: given.length });
        const ended = new Set<number>();
        let [settled, last] = [0, -1];
        const sum = { read: 0, applied: 0, refused: 0, unknown: 0 };
        const settle = () => {
          for (let epoch = epochs.settled(); epoch !== null; epoch = epochs.settled()) {
            expect(epoch.place.line).toBeGreaterThan(last);
            last = epoch.place.line;
            settled += epoch.counts.read;
            for (const field of Object.keys(sum) as (keyof typeof sum)[]) sum[field] += epoch.counts[field];
            expect(epoch.failed).toHaveLength(epoch.counts.refused + epoch.counts.unknown);
            for (let row = 0; row < settled; row++) expect(ended.has(row)).toBe(true);
          }
        };
        for (const { tag, writes, outcome, at } of begun.toSorted((a, b) => a.order - b.order)) {
          for (let write = 0; write < writes; write++) {
            epochs.end({ tag, outcome, reason: outcome === 'applied' ? null : REASON });
          }
          ended.add(at);
          settle();
        }
        settle();
        expect(settled).toBe(given.length);
        const of = (outcome: Outcome) => given.filter((row) => row.outcome === outcome).length;
        expect(sum).toEqual({
          read: given.length,
          applied: of('applied'),
          refused: of('refused'),
          unknown: of('unknown'),
        });
      }),
    );
  });

  it('end as the worst of what they became', () => {
    const epochs = new Epochs();
    epochs.add(2, 0, 0);
    const row: SourceRow = epochs.begin(CELLS, 0, 2, 1);
    epochs.refuse(CELLS, { outcome: 'refused', code: 'invalid_request', message: 'no' });
    epochs.close({ scan: null, line: 1 });
    epochs.end({ tag: row, outcome: 'unknown', reason: REASON });
    expect(epochs.settled()).toBeNull();
    epochs.end({ tag: row, outcome: 'refused', reason: REASON });
    const counts: RowCounts | undefined = epochs.settled()?.counts;
    expect(counts).toEqual({ read: 2, applied: 0, refused: 1, unknown: 1, skipped: 0, merged: 1 });
  });
});
