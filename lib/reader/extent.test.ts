import { describe, expect, it } from 'vitest';
import type { Row } from '@/lib/client/stream-events';
import { emptyWindow, type PageWindow, windowReducer } from '@/lib/grid/page-window';
import { extentOf, extentWords } from './extent';
import { NOT_READ } from './read-state';

/** Pages of 100 rows, of which `kept` stay in memory. */
function windowOf(pages: number, kept: number): PageWindow<Row> {
  const limits = { pages: kept, rows: 1_000_000, bytes: 1_000_000 };
  const rows = Array.from({ length: 100 }, (_, row): Row => [row]);
  let window = emptyWindow<Row>({ kind: 'start' }, null, limits);
  for (let page = 1; page <= pages; page += 1) {
    const facts = { rows: 100, bytes: 100, share: null, lead: null, kept: rows };
    const next = page === pages ? null : ({ kind: 'cursor', cursor: String(page) } as const);
    window = windowReducer(window, { type: 'append', page: facts, next });
  }
  return window;
}

describe('which rows a figure is of', () => {
  it.each([
    ['all', windowOf(2, 9), 'complete', 'All 200 rows of the result.'],
    ['those read so far', windowOf(1, 9), 'paused', 'Only the 100 rows read so far: more may exist.'],
    ['those in memory', windowOf(3, 2), 'stopped', 'Only the 200 rows in memory, of 300 read so far: more may exist.'],
    ['those in memory of all', windowOf(30, 2), 'complete', 'Only the 200 rows in memory, of 3,000 read.'],
  ] as const)('%s', (_, window, phase, words) => {
    const reading = { ...NOT_READ, phase };
    expect(extentWords(extentOf({ window, reading, whole: 'unread' }, true))).toBe(words);
  });
});
