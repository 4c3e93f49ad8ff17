import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowLines } from './row-lines';
import type { WireEvent } from './stream-events';
import { createFrameParser } from './stream-parser';

const HEADER = {
  header: {
    columns: [
      { name: 'id', type: 'text', kind: 'partition_key' },
      { name: 'note', type: 'text', kind: 'regular' },
    ],
    consistency: 'LOCAL_ONE',
    statement: 'SELECT * FROM shop.notes',
  },
};

function page(index: number, rows: number, totalRows: number) {
  return {
    page: {
      index,
      rows,
      totalRows,
      bytes: 100,
      elapsedMs: 2,
      token: '42',
      ringFraction: 0.5,
      cursor: `cursor-${index}`,
      coordinator: '127.0.0.1:9042',
      consistency: 'LOCAL_ONE',
      warnings: [],
    },
  };
}

const END = { end: { rows: 3, pages: 2, next: null, elapsedMs: 5, result: 'rows' } };

const ndjson = (...frames: unknown[]) => frames.map((frame) => `${JSON.stringify(frame)}\n`).join('');

/** An event as the page sees it, with its rows parsed. */
function shown(event: WireEvent) {
  return event.kind === 'rows' ? { ...event, rows: [...new RowLines(event.rows)] } : event;
}

function parse(chunks: readonly Uint8Array[]) {
  const parser = createFrameParser();
  const events = chunks.flatMap((chunk) => parser.push(chunk));
  return [...events, ...parser.finish()].map(shown);
}

const bytes = (text: string) => new TextEncoder().encode(text);

/** Cuts `whole` at the given offsets, in any order, including duplicates and both ends. */
function cut(whole: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [0, ...places.map((place) => place % (whole.length + 1)), whole.length].sort((a, b) => a - b);
  return sorted.slice(1).map((end, index) => whole.slice(sorted[index], end));
}

describe('the frame parser', () => {
  it('hands over how far the nodes agree, before the page of a schema change and at its end', () => {
    const agreement = { nodes: 3, agreed: 2, differing: [], silent: ['127.0.0.3:9042'] };
    const end = { rows: 0, pages: 1, next: null, elapsedMs: 5, result: 'schema_change', agreement };
    const empty = { header: { ...HEADER.header, columns: [] } };
    const events = parse([bytes(ndjson({ agreement }, empty, page(0, 0, 0), { end }))]);
    expect(events[0]).toEqual({ kind: 'agreement', agreement });
    expect(events.at(-1)).toEqual({ kind: 'end', end });
  });

  it('hands over a whole page once its page frame arrives', () => {
    const events = parse([
      bytes(ndjson(HEADER, ['a', null], ['b', ''], page(0, 2, 2), ['c', 'x'], page(1, 1, 3), END)),
    ]);
    expect(events.map(({ kind }) => kind)).toEqual(['header', 'rows', 'rows', 'end']);
    expect(events[1]).toMatchObject({
      rows: [
        ['a', null],
        ['b', ''],
      ],
      page: { index: 0, cursor: 'cursor-0' },
    });
    expect(events[2]).toMatchObject({ rows: [['c', 'x']] });
  });

  it('gives the same events however the bytes are cut, even inside a character', () => {
    const cell = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant(null), fc.constant('東京 🌀\n"\\'));
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell)), fc.array(fc.nat()), (rows, places) => {
        const whole = bytes(ndjson(HEADER, ...rows, page(0, rows.length, rows.length), END));
        expect(parse(cut(whole, places))).toEqual(parse([whole]));
        expect(parse([whole])[1]).toMatchObject({ rows });
      }),
    );
  });

  it('calls a stream without its last frame incomplete, and says after which row', () => {
    const events = parse([bytes(ndjson(HEADER, ['a', null], page(0, 1, 1), ['b', null]))]);
    expect(events.at(-1)).toMatchObject({
      kind: 'error',
      error: {
        code: 'malformed_response',
        rows: 1,
        cursor: 'cursor-0',
        message: expect.stringContaining('after row 1'),
      },
    });
  });

  it('keeps the reason why the connection broke, and does not mistake half a line for a frame', () => {
    const parser = createFrameParser();
    parser.push(bytes(`${ndjson(HEADER)}["a`));
    const [event, ...more] = parser.finish(new Error('network error'));
    expect(event).toMatchObject({ kind: 'error', error: { detail: 'network error', rows: 0, cursor: null } });
    expect(more).toEqual([]);
  });

  it.each([
    ['a row of another length', [HEADER, ['a']]],
    ['a row before the header', [['a', 'b']]],
    ['a page whose row count does not match its rows', [HEADER, ['a', 'b'], page(0, 2, 2)]],
    ['an unknown frame', [HEADER, { surprise: {} }]],
  ])('refuses %s', (_, frames) => {
    const events = parse([bytes(ndjson(...frames, END))]);
    expect(events.at(-1)).toMatchObject({ kind: 'error', error: { code: 'malformed_response' } });
    expect(events.filter(({ kind }) => kind === 'rows' || kind === 'end')).toEqual([]);
  });

  it('passes an error frame on unchanged and ignores what follows it', () => {
    const error = { code: 'read_timeout', message: 'Too slow.', retryable: true, rows: 0, cursor: null };
    expect(parse([bytes(ndjson(HEADER, { error }, END))]).slice(1)).toEqual([{ kind: 'error', error }]);
  });
});
