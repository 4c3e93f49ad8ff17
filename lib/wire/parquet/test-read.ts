import { type FileMetaData, parquetMetadata, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { z } from 'zod';
import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import type { ParquetOptions } from '@/lib/wire/file-format';
import {
  formatBlob,
  formatDate,
  formatDecimal,
  formatDuration,
  formatFloat32,
  formatTime,
  formatTimestamp,
  formatUuid,
} from '@/lib/wire/format';
import { hasTextKeys } from '@/lib/wire/json-cells';
import type { PlanColumn } from '@/lib/wire/plan';
import type { Part } from '@/lib/wire/split';
import { fileOf } from '@/lib/wire/test-pages';

/** Test support: reads Parquet files with hyparquet, a second implementation, and converts its values to JSON form. */

/**
 * The rows as plain values. hyparquet turns decimals into doubles, timestamps into Dates, drops byte-order marks and turns
 * maps into objects, all of which lose values, so the logical types are removed before it reads.
 */
export async function readRows(file: Uint8Array): Promise<Record<string, unknown>[]> {
  const buffer = file.slice().buffer;
  const metadata = parquetMetadata(buffer);
  const schema = metadata.schema.map(({ converted_type, logical_type, ...element }) => ({
    ...element,
    ...(converted_type === 'LIST' && { converted_type, logical_type: logical_type ?? { type: 'LIST' as const } }),
  }));
  return await parquetReadObjects({ file: buffer, metadata: { ...metadata, schema }, compressors, utf8: false });
}

export function metadataOf(file: Uint8Array): FileMetaData {
  return parquetMetadata(file.slice().buffer);
}

const bytesSchema = z.instanceof(Uint8Array);
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const textOf = (value: unknown) => decoder.decode(bytesSchema.parse(value));
const number = (value: unknown) => z.custom<number>((given) => typeof given === 'number').parse(value);
const floatJson = (value: number): JsonValue => (Number.isFinite(value) ? value : String(value));

export interface ReadOptions {
  readonly decimal?: number | undefined;
  readonly varint?: 'text' | 'decimal' | undefined;
}

function unscaled(value: unknown): bigint {
  const hex = formatBlob(bytesSchema.parse(value));
  return BigInt.asIntN(128, BigInt(hex));
}

function nativeJson(value: unknown, type: CqlType & { kind: 'native' }, options: ReadOptions): JsonValue {
  switch (type.name) {
    case 'ascii':
    case 'text':
    case 'inet':
      return textOf(value);
    case 'decimal':
      return options.decimal === undefined ? textOf(value) : formatDecimal(unscaled(value), options.decimal);
    case 'varint':
      return options.varint === 'decimal' ? unscaled(value).toString() : textOf(value);
    case 'bigint':
    case 'counter':
      return z.bigint().parse(value).toString();
    case 'blob':
      return formatBlob(bytesSchema.parse(value));
    case 'boolean':
      return z.boolean().parse(value);
    case 'date':
      return formatDate(number(value));
    case 'double':
      return floatJson(number(value));
    case 'float':
      return floatJson(Number(formatFloat32(number(value))));
    case 'duration': {
      const part = z.object({ months: z.int(), days: z.int(), nanoseconds: z.bigint() }).parse(value);
      return formatDuration(BigInt(part.months), BigInt(part.days), part.nanoseconds);
    }
    case 'int':
    case 'smallint':
    case 'tinyint':
      return number(value);
    case 'time':
      return formatTime(z.bigint().parse(value));
    case 'timestamp':
      return formatTimestamp(z.bigint().parse(value));
    case 'timeuuid':
    case 'uuid':
      return formatUuid(bytesSchema.parse(value));
    default:
      return type.name satisfies never;
  }
}

const entriesSchema = z.object({ key_value: z.array(z.object({ key: z.unknown(), value: z.unknown() })) });

/** A value from hyparquet in Ringside's JSON form for the type. */
export function jsonOf(value: unknown, type: CqlType, options: ReadOptions = {}): JsonValue {
  if (value === null || value === undefined) return null;
  switch (type.kind) {
    case 'native':
      return nativeJson(value, type, options);
    case 'custom':
      return formatBlob(bytesSchema.parse(value));
    case 'list':
    case 'set':
    case 'vector':
      return z
        .array(z.unknown())
        .parse(value)
        .map((element) => jsonOf(element, type.of, options));
    case 'map': {
      const pairs = entriesSchema
        .parse(value)
        .key_value.map((entry): [JsonValue, JsonValue] => [
          jsonOf(entry.key, type.key, options),
          jsonOf(entry.value, type.value, options),
        ]);
      return hasTextKeys(type) ? Object.fromEntries(pairs) : pairs;
    }
    case 'tuple': {
      const fields = fieldsOf(value);
      return type.of.map((of, i) => jsonOf(fields.get(`field_${i + 1}`), of, options));
    }
    case 'udt': {
      const fields = fieldsOf(value);
      return Object.fromEntries(type.fields.map((of) => [of.name, jsonOf(fields.get(of.name), of.type, options)]));
    }
    default:
      return type satisfies never;
  }
}

function fieldsOf(value: unknown): Map<string, unknown> {
  return new Map(Object.entries(z.custom<object>((given) => typeof given === 'object').parse(value)));
}

/** A Parquet file of these rows. */
export function parquetOf(
  columns: readonly PlanColumn[],
  rows: readonly (readonly Part[])[],
  parquet?: ParquetOptions,
  pageRows?: number,
): Uint8Array {
  return fileOf({ format: 'parquet', parquet }, columns, rows, pageRows);
}

/** The values of a column of the type, written and read back, in their JSON form. */
export async function readBack(type: CqlType, cells: readonly Part[], parquet: ParquetOptions = {}, pageRows?: number) {
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
