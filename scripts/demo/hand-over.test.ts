import { describe, expect, it } from 'vitest';
import { compilePlan } from '@/lib/wire/plan';
import { TextSink } from '@/lib/wire/sink';
import { CellWriter } from '../../embedded/index.mjs';
import { canHandOver, writeRow } from './hand-over.mjs';
import { flightOf } from './sources/flights.mjs';
import { airports, byOriginDay, byRoute } from './tables/flights.mjs';

const FEATURES = { vectors: true };
const native = (name: 'text' | 'int' | 'date' | 'timestamp') => ({ kind: 'native', name }) as const;

describe('handing demo rows over as files', () => {
  it('is for large tables with many rows', () => {
    expect(canHandOver(byOriginDay, FEATURES, 3_000_000)).toBe(true);
    expect(canHandOver(byRoute, FEATURES, 3_000_000)).toBe(true);
    expect(canHandOver(byRoute, FEATURES, 200_000)).toBe(false);
    expect(canHandOver(airports, FEATURES, 3_000_000)).toBe(false);
  });

  it('writes the same cells as an insert of the row', () => {
    const cells = new CellWriter();
    const columns = Object.entries(byOriginDay.columns(FEATURES));
    const facts = { date: new Date('2001-01-02T03:04:00Z'), distance: 200n, origin: 'SEA', destination: 'PDX' };
    for (const delay of [20n, 1n]) {
      writeRow(cells, columns, flightOf({ ...facts, distance: delay === 1n ? 500n : 200n, delay }, 7));
    }
    const sink = new TextSink();
    const types = [
      ...[native('text'), native('date'), native('timestamp'), native('text')],
      ...[native('int'), native('int'), native('int'), { kind: 'set', of: native('text') } as const],
    ];
    const plan = compilePlan(
      types.map((type, at) => ({ name: columns[at]?.[0] ?? '', type })),
      'ndjson-array',
    );
    // In a new row, unset means null.
    const bytes = Buffer.from(cells.take());
    bytes.writeInt32BE(-1, bytes.length - 4);
    plan.writePage(bytes, 0, 2, sink);
    expect(
      new TextDecoder()
        .decode(sink.take())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      ['SEA', '2001-01-02', '2001-01-02T03:04:00.000Z', 'PDX', 7, 20, 200, ['late', 'short']],
      ['SEA', '2001-01-02', '2001-01-02T03:04:00.000Z', 'PDX', 7, 1, 500, null],
    ]);
  });
});
