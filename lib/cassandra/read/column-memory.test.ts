import { types } from 'cassandra-driver';
import { describe, expect, it } from 'vitest';
import { encodeScalar } from '@/lib/wire/encode-scalar';
import { pageOf } from '@/lib/wire/test-pages';
import { ColumnMemory, type Page } from './pages';

const { int } = types.dataTypes;
const metadata = () => [
  { name: 'id', type: { code: int } },
  { name: 'salary', type: { code: int } },
];
const value = (number: number) => encodeScalar(String(number), 'int');
const page: Page = {
  rows: 1,
  body: Buffer.from(pageOf([[value(1), value(90_000)]])),
  frameBytes: 16,
  columns: null,
  pagingState: null,
  coordinator: '127.0.0.1:9042',
  consistency: 'ONE',
  warnings: [],
  traces: [],
  elapsedMs: 1,
};

describe('the columns of a read', () => {
  it('are shared by its pages, and show everything without a mask', () => {
    const memory = new ColumnMemory();
    const columns = memory.check(metadata());
    expect(memory.check(metadata())).toBe(columns);
    expect(memory.masked(page)).toBe(page);
  });

  it('are text where they are masked with dots, and so are their values', () => {
    const memory = new ColumnMemory((name) => (name === 'salary' ? { as: 'dots' } : null));
    const columns = memory.check(metadata());
    expect(columns?.map(({ type }) => type)).toEqual([
      { kind: 'native', name: 'int' },
      { kind: 'native', name: 'text' },
    ]);
    expect(memory.check(metadata())).toBe(columns);
    expect(memory.columns).toBe(columns);
    const { body } = memory.masked(page);
    expect(new Uint8Array(body)).toEqual(pageOf([[value(1), new TextEncoder().encode('•••')]]));
  });

  it('keep their type where values are hidden as null', () => {
    const memory = new ColumnMemory((name) => (name === 'salary' ? { as: 'null' } : null));
    expect(memory.check(metadata())?.[1]?.type).toEqual({ kind: 'native', name: 'int' });
    expect(new Uint8Array(memory.masked(page).body)).toEqual(pageOf([[value(1), null]]));
  });
});
