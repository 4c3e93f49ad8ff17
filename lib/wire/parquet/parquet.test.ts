import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CqlType } from '@/lib/cql/types';
import { ValueError } from '@/lib/wire/errors';
import { readGolden } from '@/lib/wire/golden';
import { randomBytes, randomType } from '@/lib/wire/random-values';
import { emptyIsOrdinary } from '@/lib/wire/sizes';
import { type Part, splitCollection, splitFields, splitVector } from '@/lib/wire/split';
import { toJson } from '@/lib/wire/values';
import { isTimeOfDay } from '@/lib/wire/write-time';
import { parquetOf, type ReadOptions, readBack } from './test-read';

const { values } = readGolden(readFileSync(new URL('../golden.json', import.meta.url), 'utf8'));

/** True if Parquet cannot hold the value: an empty value inside it, or a time outside a day. */
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

const kept = values.filter((value) => !isRefused(value.bytes, value.cqlType));
const refused = values.filter((value) => isRefused(value.bytes, value.cqlType));
const cases = (of: typeof values) => of.map((value) => [`${value.type} ${value.cql.slice(0, 60)}`, value] as const);

describe('a Parquet file read by hyparquet', () => {
  it.each(cases(kept))('has %s', async (_, { bytes, cqlType, json }) => {
    expect(await readBack(cqlType, [null, bytes, bytes, null])).toEqual([null, json, json, null]);
  });

  it.each(cases(refused))('keeps %s distinct from anything else', (_, { bytes, cqlType }) => {
    expect(() => parquetOf([{ name: 'c', type: cqlType }], [[null], [bytes]])).toThrow(ValueError);
    expect(() => parquetOf([{ name: 'c', type: cqlType }], [[null], [bytes]])).toThrow(
      /^row 2( \(c = .*\))?, column "c"/s,
    );
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
            parquetOf(
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
      { numRuns: 150 },
    );
  });
});
