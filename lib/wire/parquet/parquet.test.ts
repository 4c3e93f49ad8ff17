import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CqlType, NATIVE_TYPES, type NativeTypeName } from '@/lib/cql/types';
import { encodeScalar } from '@/lib/wire/encode-scalar';
import { PlanError, ValueError } from '@/lib/wire/errors';
import type { ParquetOptions } from '@/lib/wire/file-format';
import { formatDecimal } from '@/lib/wire/format';
import { readGolden } from '@/lib/wire/golden';
import type { PlanColumn } from '@/lib/wire/plan';
import { randomBytes, randomType } from '@/lib/wire/random-values';
import { rowWriter } from '@/lib/wire/row-writer';
import { emptyIsOrdinary } from '@/lib/wire/sizes';
import { type Part, splitCollection, splitFields, splitVector } from '@/lib/wire/split';
import { fileOf, pageOf } from '@/lib/wire/test-pages';
import { toJson } from '@/lib/wire/values';
import { isTimeOfDay } from '@/lib/wire/write-time';
import { jsonOf, metadataOf, type ReadOptions, readRows } from './test-read';

const { values } = readGolden(readFileSync(new URL('../golden.json', import.meta.url), 'utf8'));
const native = (name: NativeTypeName): CqlType => ({ kind: 'native', name });
/** A Parquet file of these rows. */
function parquetOf(
  columns: readonly PlanColumn[],
  rows: readonly (readonly Part[])[],
  parquet?: ParquetOptions,
  pageRows?: number,
): Uint8Array {
  return fileOf({ format: 'parquet', parquet }, columns, rows, pageRows);
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
    parquetOf(
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
    expect(() => parquetOf([{ name: 'c', type: cqlType }], [[null], [bytes]])).toThrow(ValueError);
    expect(() => parquetOf([{ name: 'c', type: cqlType }], [[null], [bytes]])).toThrow('row 1, column "c"');
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

const list = (of: CqlType): CqlType => ({ kind: 'list', of });

describe('the schema of a Parquet file', () => {
  /** Each element as one line, indented by its depth. */
  function schemaOf(columns: readonly PlanColumn[], parquet?: ParquetOptions): string[] {
    const lines: string[] = [];
    const left: number[] = [];
    for (const element of metadataOf(parquetOf(columns, [], parquet)).schema) {
      while (left.at(-1) === 0) left.pop();
      const { name, type, type_length, repetition_type, converted_type, logical_type } = element;
      const { type: logical, ...details } = logical_type ?? { type: undefined };
      const parts = [type, type_length, converted_type, logical, Object.values(details).join(' ')];
      const depth = left.length;
      if (depth > 0) left[depth - 1] = (left[depth - 1] ?? 0) - 1;
      if (element.num_children) left.push(element.num_children);
      lines.push([`${'. '.repeat(depth)}${name}`, repetition_type?.toLowerCase(), ...parts].filter(Boolean).join(' '));
    }
    return lines.slice(1);
  }

  it('has the exact logical type of every native type', () => {
    const columns = NATIVE_TYPES.map((name) => ({ name, type: native(name) }));
    expect(schemaOf(columns)).toEqual([
      '. ascii optional BYTE_ARRAY UTF8 STRING',
      '. bigint optional INT64',
      '. blob optional BYTE_ARRAY',
      '. boolean optional BOOLEAN',
      '. counter optional INT64',
      '. date optional INT32 DATE DATE',
      '. decimal optional BYTE_ARRAY UTF8 STRING',
      '. double optional DOUBLE',
      '. duration optional',
      '. . months required INT32',
      '. . days required INT32',
      '. . nanoseconds required INT64',
      '. float optional FLOAT',
      '. inet optional BYTE_ARRAY UTF8 STRING',
      '. int optional INT32',
      '. smallint optional INT32 INT_16 INTEGER 16 true',
      '. text optional BYTE_ARRAY UTF8 STRING',
      '. time optional INT64 TIME false NANOS',
      '. timestamp optional INT64 TIMESTAMP_MILLIS TIMESTAMP true MILLIS',
      '. timeuuid optional FIXED_LEN_BYTE_ARRAY 16 UUID',
      '. tinyint optional INT32 INT_8 INTEGER 8 true',
      '. uuid optional FIXED_LEN_BYTE_ARRAY 16 UUID',
      '. varint optional BYTE_ARRAY UTF8 STRING',
    ]);
  });

  it('tells the width of integers in one byte, as Arrow wants it', () => {
    const hex = Buffer.from(parquetOf([{ name: 'a', type: native('smallint') }], [])).toString('hex');
    // Field 1, a byte: 16. Field 2: true. The end.
    expect(hex).toContain('13101100');
  });

  it('nests as the types do', () => {
    const udt: CqlType = { kind: 'udt', keyspace: 'k', name: 'u', fields: [{ name: 'at', type: native('int') }] };
    const columns = [
      { name: 'm', type: { kind: 'map', key: native('int'), value: list(udt) } },
      { name: 't', type: { kind: 'tuple', of: [native('int'), { kind: 'set', of: native('int') }] } },
      { name: 'v', type: { kind: 'vector', of: native('float'), dimensions: 3 } },
    ] as const;
    expect(schemaOf(columns)).toEqual([
      '. m optional MAP MAP',
      '. . key_value repeated',
      '. . . key required INT32',
      '. . . value optional LIST LIST',
      '. . . . list repeated',
      '. . . . . element optional',
      '. . . . . . at optional INT32',
      '. t optional',
      '. . field_1 optional INT32',
      '. . field_2 optional LIST LIST',
      '. . . list repeated',
      '. . . . element optional INT32',
      '. v optional LIST LIST',
      '. . list repeated',
      '. . . element required FLOAT',
    ]);
  });

  it('has decimals of the chosen scale, and tells the CQL types', () => {
    const columns = [
      { name: 'd', type: native('decimal') },
      { name: 'v', type: list(native('varint')) },
    ];
    const options = { decimal: 4, varint: 'decimal' } as const;
    expect(schemaOf(columns, options)[0]).toBe('. d optional FIXED_LEN_BYTE_ARRAY 16 DECIMAL DECIMAL 4 38');
    expect(schemaOf(columns, options).at(-1)).toContain('DECIMAL 0 38');
    const { key_value_metadata: keyValues } = metadataOf(parquetOf(columns, []));
    expect(keyValues).toEqual([
      { key: 'ringside.columns', value: '[{"name":"d","type":"decimal"},{"name":"v","type":"list<varint>"}]' },
    ]);
  });

  it.each<[string, readonly PlanColumn[], ParquetOptions | undefined, string]>([
    ['no columns', [], undefined, 'without columns'],
    [
      'a name twice',
      [
        { name: 'a', type: native('int') },
        { name: 'a', type: native('int') },
      ],
      undefined,
      'called "a"',
    ],
    ['a scale over 38', [{ name: 'a', type: native('int') }], { decimal: 39 }, 'scale'],
    ['gzip without a compressor', [{ name: 'a', type: native('int') }], { compression: 'gzip' }, 'compressor'],
  ])('refuses %s', (_, columns, options, message) => {
    expect(() => parquetOf(columns, [], options)).toThrow(PlanError);
    expect(() => parquetOf(columns, [], options)).toThrow(message);
  });
});

describe('decimals of a fixed scale', () => {
  const read = async (texts: readonly string[], scale: number) =>
    await readBack(
      native('decimal'),
      texts.map((value) => encodeScalar(value, 'decimal')),
      { decimal: scale },
    );

  it('are moved to it where that is exact', async () => {
    const texts = ['0', '-0.00', '1.5', '-1.50', '1E+2', '123456789012345.67', '-9', '0.01', '1.2300000'];
    expect(await read(texts, 2)).toEqual([
      '0.00',
      '0.00',
      '1.50',
      '-1.50',
      '100.00',
      '123456789012345.67',
      '-9.00',
      '0.01',
      '1.23',
    ]);
    const widest = `${'9'.repeat(36)}.99`;
    expect(await read([widest, `-${widest}`], 2)).toEqual([widest, `-${widest}`]);
  });

  it('are exact at any scale, or refused', async () => {
    const decimals = fc.tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.integer({ min: -3, max: 40 }));
    await fc.assert(
      fc.asyncProperty(decimals, fc.integer({ min: 0, max: 38 }), async ([unscaled, from], scale) => {
        const text = formatDecimal(unscaled, from);
        const places = BigInt(Math.abs(scale - from));
        const moved = scale >= from ? unscaled * 10n ** places : unscaled / 10n ** places;
        const isExact = scale >= from || moved * 10n ** places === unscaled;
        const fits = isExact && moved > -(10n ** 38n) && moved < 10n ** 38n;
        if (fits) expect(await read([text], scale)).toEqual([formatDecimal(moved, scale)]);
        else await expect(read([text], scale)).rejects.toThrow(ValueError);
      }),
    );
  });

  it('name the row, the column and the value that does not fit', () => {
    const columns = [
      { name: 'k', type: native('int') },
      { name: 'prices', type: list(native('decimal')) },
    ];
    const price = encodeScalar('1.005', 'decimal');
    const cell = Uint8Array.of(0, 0, 0, 1, 0, 0, 0, price.length, ...price);
    const row = [encodeScalar('1', 'int'), cell];
    const fails = () => parquetOf(columns, [[encodeScalar('0', 'int'), null], row], { decimal: 2 }, 1);
    expect(fails).toThrow(ValueError);
    expect(fails).toThrow(
      'row 1, column "prices": 1.005 does not fit decimal(38, 2) exactly. Choose another scale, or text.',
    );
    const huge = [[encodeScalar('1E+2000000000', 'decimal')]];
    expect(() => parquetOf([{ name: 'd', type: native('decimal') }], huge, { decimal: 2 })).toThrow('does not fit');
  });

  it('hold varints of up to 38 digits', async () => {
    const varints = ['0', '-1', '9'.repeat(38), `-${'9'.repeat(38)}`];
    const cells = (texts: readonly string[]) => texts.map((value) => encodeScalar(value, 'varint'));
    expect(await readBack(native('varint'), cells(varints), { varint: 'decimal' })).toEqual(varints);
    const tooLong = cells([`1${'0'.repeat(38)}`]).map((cell) => [cell]);
    expect(() => parquetOf([{ name: 'c', type: native('varint') }], tooLong, { varint: 'decimal' })).toThrow(
      ValueError,
    );
  });
});

describe('a large Parquet file', () => {
  const columns = [
    { name: 'n', type: native('int') },
    { name: 'few', type: native('text') },
    { name: 'many', type: native('text') },
    { name: 'tags', type: list(native('text')) },
  ];
  const text = (value: string) => new TextEncoder().encode(value);
  const tag = (value: string) => {
    const bytes = text(value);
    return Uint8Array.of(0, 0, 0, 1, 0, 0, 0, bytes.length, ...bytes);
  };
  // Texts that repeat at first and later do not, so that a dictionary is begun, fills up and is dropped.
  const rowOf = (n: number) => [
    encodeScalar(String(n - 5), 'int'),
    n % 7 === 0 ? null : text(`few ${n % 40}`),
    text(n < 30_000 ? `many ${n % 9000} ${'x'.repeat(40)}` : `${n}`),
    n % 3 === 0 ? null : tag(`tag ${n}`),
  ];
  const rows = Array.from({ length: 120_000 }, (_, n) => rowOf(n));

  it('is written in row groups, each with the bounds of its numbers, and read back whole', async () => {
    const file = parquetOf(columns, rows, { compression: 'gzip', gzip: gzipSync });
    const { num_rows: total, row_groups: groups } = metadataOf(file);
    expect(total).toBe(120_000n);
    expect(groups.map((group) => Number(group.num_rows))).toEqual([100_000, 20_000]);
    const [numbers, few] = groups[1]?.columns ?? [];
    expect(numbers?.meta_data?.statistics).toMatchObject({ min_value: 99_995, max_value: 119_994, null_count: 0n });
    expect(few?.meta_data?.encodings).toContain('RLE_DICTIONARY');
    const read = await readRows(file);
    const expected = rows.map((row) => columns.map(({ type }, i) => toJson(row[i] ?? null, type)));
    expect(read.map((row) => columns.map(({ name, type }) => jsonOf(row[name], type)))).toEqual(expected);
  });

  it('comes out as it is written, never more than a row group behind', () => {
    const cell = new Uint8Array(1024 * 1024).fill(1);
    const writer = rowWriter({ format: 'parquet', parquet: { compression: 'none' } }, [
      { name: 'b', type: native('blob') },
    ]);
    const body = pageOf([[cell]]);
    let most = 0;
    writer.begin();
    for (let row = 1, taken = 0; row <= 40; row++) {
      writer.write(body, 0, 1);
      taken += writer.sink.take().length;
      most = Math.max(most, row * cell.length - taken);
    }
    expect(most).toBeLessThan(9 * cell.length);
  });
});
