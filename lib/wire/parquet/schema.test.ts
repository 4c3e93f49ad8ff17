import { describe, expect, it } from 'vitest';
import { type CqlType, NATIVE_TYPES, type NativeTypeName } from '@/lib/cql/types';
import { PlanError } from '@/lib/wire/errors';
import type { ParquetOptions } from '@/lib/wire/file-format';
import type { PlanColumn } from '@/lib/wire/plan';
import { metadataOf, parquetOf } from './test-read';

const native = (name: NativeTypeName): CqlType => ({ kind: 'native', name });
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

  it('writes the width of integers as one byte, as Arrow requires', () => {
    const hex = Buffer.from(parquetOf([{ name: 'a', type: native('smallint') }], [])).toString('hex');
    // Field 1, a byte: 16. Field 2: true. The end.
    expect(hex).toContain('13101100');
  });

  it('nests like the types', () => {
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

  it('has decimals of the chosen scale, and lists the CQL types', () => {
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
