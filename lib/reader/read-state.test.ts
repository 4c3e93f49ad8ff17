import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageFrame } from '@/lib/contract/frames';
import {
  estimatedRows,
  NOT_READ,
  type ReadingEvent,
  type ReadState,
  readingReducer,
  rowsPerSecond,
  TRACES_KEPT,
} from './read-state';

function page(index: number, rows: number, ringFraction: number | null = null, warnings: string[] = []): PageFrame {
  return {
    index,
    rows,
    totalRows: rows,
    bytes: rows * 10,
    elapsedMs: 3 + index,
    token: null,
    ringFraction,
    cursor: 'more',
    coordinator: '127.0.0.1:9042',
    consistency: 'LOCAL_ONE',
    warnings,
  };
}

const ask = (mode: 'page' | 'on' = 'page', nowMs = 0): ReadingEvent => ({ type: 'ask', mode, nowMs });
const read = (index: number, rows: number, share: number | null = null, nowMs = 0): ReadingEvent => ({
  type: 'page',
  page: page(index, rows, share),
  rows: [],
  nowMs,
});
const end = (next: string | null): ReadingEvent => ({
  type: 'end',
  result: 'rows',
  more: { above: false, below: next !== null },
  rows: 7,
});
const error = { code: 'read_timeout' as const, message: 'Too slow.', retryable: true };
const fail: ReadingEvent = { type: 'fail', error, disconnected: false };

const play = (...events: ReadingEvent[]): ReadState => events.reduce(readingReducer, NOT_READ);

describe('reading a result', () => {
  it('pauses while more rows exist and is complete only after the last', () => {
    expect(play(ask(), read(0, 100), end('more')).phase).toBe('paused');
    expect(play(ask(), read(0, 100), end(null))).toMatchObject({ phase: 'complete', total: 7 });
    expect(play(ask(), read(0, 100), end(null), ask('on')).phase).toBe('complete');
  });

  it('lists the trace of each request, of all pages, the latest where there are too many', () => {
    const traced = (index: number, ...ids: string[]): ReadingEvent => ({
      type: 'page',
      page: { ...page(index, 10), traces: ids.map((id, at) => ({ id, rows: 5, elapsedMs: at + 1 })) },
      rows: [],
      nowMs: 0,
    });
    const { traces } = play(ask('on'), traced(0, 'a', 'b'), traced(1, 'c'), read(2, 5));
    expect(traces).toEqual([
      { id: 'a', pageIndex: 0, nth: 0, ofPage: 2, rows: 5, elapsedMs: 1 },
      { id: 'b', pageIndex: 0, nth: 1, ofPage: 2, rows: 5, elapsedMs: 2 },
      { id: 'c', pageIndex: 1, nth: 0, ofPage: 1, rows: 5, elapsedMs: 1 },
    ]);
    const many = Array.from({ length: TRACES_KEPT + 3 }, (_, index) => traced(index, `${index}`));
    expect(play(ask('on'), ...many).traces.at(0)?.id).toBe('3');
  });

  it('waits for other reads until anything comes', () => {
    const waiting: ReadingEvent = { type: 'waiting', reads: 3 };
    expect(play(ask(), waiting).waitsFor).toBe(3);
    expect(play(ask(), waiting, { type: 'sample', sample: null }).waitsFor).toBe(3);
    expect(play(ask(), waiting, { type: 'waiting', reads: 1 }).waitsFor).toBe(1);
    expect(play(ask(), waiting, read(0, 100))).toMatchObject({ phase: 'reading', rows: 100, waitsFor: null });
    expect(play(ask(), waiting, { type: 'stop' }, ask()).waitsFor).toBeNull();
    expect(play(waiting)).toEqual(NOT_READ);
  });

  it('keeps how far the nodes agree on a schema, by the last word', () => {
    const agreement = { nodes: 3, agreed: 1, differing: [], silent: ['a', 'b'] };
    const later = { ...agreement, agreed: 2, silent: ['b'] };
    const state = play(ask(), { type: 'agreement', agreement });
    expect(state).toMatchObject({ phase: 'reading', agreement });
    const ended = { type: 'end', result: 'schema_change', more: { above: false, below: false }, rows: 0 } as const;
    expect(readingReducer(state, { ...ended, agreement: later })).toMatchObject({
      phase: 'complete',
      agreement: later,
    });
    expect(readingReducer(state, ended).agreement).toEqual(agreement);
  });

  it('adds up pages over all requests', () => {
    const state = play(ask(), read(0, 100), end('more'), ask('on'), read(0, 50), read(1, 0));
    expect(state).toMatchObject({ phase: 'reading', mode: 'on', rows: 150, pages: 3, bytes: 1_500 });
    expect(state.latenciesMs).toEqual([3, 3, 4]);
  });

  it('keeps what was read when it is stopped, and ignores what arrives late', () => {
    const stopped = play(ask('on'), read(0, 100), { type: 'stop' });
    expect(stopped).toMatchObject({ phase: 'stopped', rows: 100 });
    expect(readingReducer(stopped, read(1, 100))).toBe(stopped);
    expect(readingReducer(stopped, end(null))).toBe(stopped);
    expect(readingReducer(stopped, fail)).toBe(stopped);
  });

  it('keeps its rows and its reason when it fails, and forgets the reason when it is resumed', () => {
    const failed = play(ask(), read(0, 100), fail);
    expect(failed).toMatchObject({ phase: 'failed', rows: 100, error });
    expect(readingReducer(failed, ask())).toMatchObject({ phase: 'reading', rows: 100, error: null });
  });

  it('says that no server can be reached until one answers, or a person stops it', () => {
    const lost = play(ask(), read(0, 100), { type: 'fail', error, disconnected: true });
    const trying = readingReducer(lost, ask());
    expect(trying).toMatchObject({ phase: 'reading', disconnected: true, error });
    const header = { columns: [], consistency: 'LOCAL_ONE' as const, statement: '' };
    expect(readingReducer(trying, { type: 'header', header })).toMatchObject({ disconnected: false, error: null });
    expect(readingReducer(trying, { type: 'stop' })).toMatchObject({ phase: 'stopped', disconnected: false });
  });

  it('extrapolates from a few thousand rows on, where the share of the ring is known', () => {
    const sample = (rows: number, share: number): ReadingEvent => ({
      type: 'sample',
      sample: { rows, share },
    });
    expect(estimatedRows(play(ask(), sample(1_999, 0.2)))).toBeNull();
    expect(estimatedRows(play(ask(), sample(3_000, 0.3)))).toBe(10_000);
    // At another place nothing is known at first: what was known stays.
    expect(estimatedRows(play(ask(), sample(3_000, 0.3), { type: 'sample', sample: null }))).toBe(10_000);
    expect(estimatedRows(play(ask(), sample(3_000, 1), end(null)))).toBeNull();
  });

  it('is complete again when it goes back to rows that are all there', () => {
    const all = play(ask(), read(0, 1), end(null));
    expect(play(ask(), read(0, 1), end(null), { type: 'rest', more: { above: true, below: true } }).phase).toBe(
      'paused',
    );
    const back = readingReducer(all, { type: 'rest', more: { above: false, below: false } });
    expect(back.phase).toBe('complete');
    expect(back.total).toBe(all.total);
  });

  it('pauses while rows above are unread, and is complete only when they were read', () => {
    const more = { above: true, below: false };
    const state = play(ask(), read(0, 100), { type: 'end', result: 'rows', more, rows: 100 });
    expect(state).toMatchObject({ phase: 'paused', more, total: null });
    expect(play(ask(), read(0, 1), end(null), { type: 'rest', more: { above: false, below: true } }).phase).toBe(
      'paused',
    );
  });

  it('knows the pace of a continuous read only', () => {
    expect(rowsPerSecond(play(ask('on', 1_000), read(0, 500, null, 1_500)))).toBe(1_000);
    expect(rowsPerSecond(play(ask('page', 1_000), read(0, 500, null, 1_500)))).toBeNull();
    expect(rowsPerSecond(play(ask('on', 1_000), read(0, 500, null, 1_500), { type: 'stop' }))).toBeNull();
  });

  it('keeps each warning once', () => {
    const warned = (index: number): ReadingEvent => ({
      type: 'page',
      page: page(index, 1, null, ['tombstones']),
      rows: [],
      nowMs: 0,
    });
    expect(play(ask(), warned(0), warned(1)).warnings).toEqual(['tombstones']);
  });

  it('never counts back, never keeps more latencies than it draws, and is never complete without an end', () => {
    const event = fc.oneof(
      fc.constantFrom<ReadingEvent>(ask(), ask('on'), end('more'), fail, { type: 'stop' }),
      fc.nat(1_000).map((rows) => read(0, rows)),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 120 }), (events) => {
        let state = NOT_READ;
        for (const step of events) {
          const next = readingReducer(state, step);
          expect(next.rows).toBeGreaterThanOrEqual(state.rows);
          expect(next.latenciesMs.length).toBeLessThanOrEqual(40);
          expect(next.phase).not.toBe('complete');
          state = next;
        }
      }),
    );
  });
});
