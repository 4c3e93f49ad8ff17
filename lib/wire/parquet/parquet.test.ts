import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CqlType } from '@/lib/cql/types';
import { PlanError, ValueError, WireError } from '@/lib/wire/errors';
import type { ParquetOptions } from '@/lib/wire/file-format';
import { readGolden } from '@/lib/wire/golden';
import type { PlanColumn } from '@/lib/wire/plan';
import { randomBytes, randomType } from '@/lib/wire/random-values';
import { rowWriter } from '@/lib/wire/row-writer';
import { emptyIsOrdinary } from '@/lib/wire/sizes';
import { type Part, splitCollection, splitFields, splitVector } from '@/lib/wire/split';
import { toJson } from '@/lib/wire/values';
import { isTimeOfDay } from '@/lib/wire/write-time';
import { jsonOf, metadataOf, type ReadOptions, readRows } from './test-read';

const { values } = readGolden(readFileSync(new URL('../golden.json', import.meta.url), 'utf8'));
const native = (name: (CqlType & { kind: 'native' })['name']): CqlType => ({ kind: 'native', name });
const text = (value: string) => new TextEncoder().encode(value);

function int32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value);
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The body of a page: rows of cells. */
function pageOf(rows: readonly (readonly Part[])[]): Uint8Array {
  return joined(rows.flat().flatMap((cell) => (cell === null ? [int32(-1)] : [int32(cell.length), cell])));
}

/** A file of pages of so many rows each. */
function fileOf(
  columns: readonly PlanColumn[],
  rows: readonly (readonly Part[])[],
  parquet?: ParquetOptions,
  pageRows = 1000,
) {
  const writer = rowWriter({ format: 'parquet', parquet }, columns);
  const chunks: Uint8Array[] = [];
  writer.begin();
  for (let at = 0; at < rows.length; at += pageRows) {
    const part = rows.slice(at, at + pageRows);
    const body = pageOf(part);
    expect(writer.write(body, 0, part.length)).toBe(body.length);
    chunks.push(writer.sink.take());
  }
  writer.end();
  return joined([...chunks, writer.sink.take()]);
}

/** True when a Parquet file has no value for it: a value of no bytes within, or a time that no day has. */
function isRefused(bytes: Part, type: CqlType, options: ReadOptions = {}): boolean {
  if (bytes === null) return false;
  const some = (parts: readonly Part[], of: (i: number) => CqlType | undefined) =>
    parts.some((part, i) => isRefused(part, of(i) ?? type, options));
  if (bytes.length === 0) return !(emptyIsOrdinary(type) || hasTextForm(type, options));
  switch (type.kind) {
    case 'list':
    case 'set':
      return some(splitCollection(bytes), () => type.of);
    case 'map':
      return some(splitCollection(bytes, 2), (i) => (i % 2 === 0 ? type.key : type.value));
    case 'vector':
      return some(splitVector(bytes, type.of, type.dimensions), () => type.of);
    case 'tuple':
      return some(splitFields(bytes, type.of.length), (i) => type.of[i]);
    case 'udt':
      return some(splitFields(bytes, type.fields.length), (i) => type.fields[i]?.type);
    default:
      return type.kind === 'native' && type.name === 'time' && !isTimeOfDay(bytes, 0);
  }
}

function hasTextForm(type: CqlType, { decimal, varint = 'text' }: ReadOptions): boolean {
  if (type.kind !== 'native') return false;
  if (type.name === 'decimal') return decimal === undefined;
  return type.name === 'inet' || (type.name === 'varint' && varint === 'text');
}

async function readBack(type: CqlType, cells: readonly Part[], parquet: ParquetOptions = {}, pageRows?: number) {
  const rows = await readRows(
    fileOf(
      [{ name: 'c', type }],
      cells.map((cell) => [cell]),
      parquet,
      pageRows,
    ),
  );
  return rows.map((row) =>
    jsonOf(row.c, type, parquet.decimal === 'text' ? {} : { ...parquet, decimal: parquet.decimal }),
  );
}

const kept = values.filter((value) => !isRefused(value.bytes, value.cqlType));
const refused = values.filter((value) => isRefused(value.bytes, value.cqlType));
const cases = (of: typeof values) => of.map((value) => [`${value.type} ${value.cql.slice(0, 60)}`, value] as const);

describe('a Parquet file read by hyparquet', () => {
  it.each(cases(kept))('has %s', async (_, { bytes, cqlType, json }) => {
    expect(await readBack(cqlType, [null, bytes, bytes, null])).toEqual([null, json, json, null]);
  });

  it.each(cases(refused))('does not take %s for anything else', (_, { bytes, cqlType }) => {
    expect(() => fileOf([{ name: 'c', type: cqlType }], [[null], [bytes]])).toThrow(ValueError);
    expect(() => fileOf([{ name: 'c', type: cqlType }], [[null], [bytes]])).toThrow('row 1, column "c"');
  });

  it('has values of any type, or says which one it cannot hold', async () => {
    // hyparquet loses a field of this name, as it assigns it, and joins the names of a path with points.
    const type = randomType.filter((candidate) => !/__proto__|"name":"[^"]*\./.test(JSON.stringify(candidate)));
    const column = type.chain((type) =>
      fc.array(fc.option(randomBytes(type)), { maxLength: 20 }).map((cells) => ({ type, cells })),
    );
    const style = fc.record({
      compression: fc.constantFrom('none' as const, 'snappy' as const),
      pageRows: fc.integer({ min: 1, max: 7 }),
    });
    await fc.assert(
      fc.asyncProperty(column, style, async ({ type, cells }, { compression, pageRows }) => {
        if (cells.some((cell) => isRefused(cell, type))) {
          expect(() =>
            fileOf(
              [{ name: 'c', type }],
              cells.map((cell) => [cell]),
            ),
          ).toThrow(ValueError);
        } else {
          expect(await readBack(type, cells, { compression }, pageRows)).toEqual(
            cells.map((cell) => toJson(cell, type)),
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});
