import 'server-only';
import type { ParsedSparkRequest } from '@/lib/contract/spark';
import type { TableShape } from '@/lib/cql/schema-lookup';
import type { UdtLookup } from '@/lib/cql/type-text';
import { OWN_TARGET } from './files';
import { columnsInSpark } from './plan/columns';
import { conditionOf } from './plan/conditions';
import { TEXT } from './plan/from-text';
import { withoutRoundedNumbers } from './plan/json-numbers';
import { type Fields, mappedColumns, type SqlColumn } from './plan/mapping';
import { type About, copyScript, exportScript, loadScript, type Source } from './plan/script';
import { SparkRefusal } from './plan/sql';
import { listsOf, type RowUsing, usingColumns, usingField } from './plan/using';

interface Tables {
  readonly source: TableShape | null;
  readonly target: TableShape | null;
  readonly udts: UdtLookup;
}

type Writing = Exclude<ParsedSparkRequest, { do: 'export' }>;

interface Facts {
  readonly about: About;
  readonly timestampMicros: number;
}

/**
 * The script of a request. @throws SparkRefusal for what Spark SQL cannot express
 */
export function scriptOf(request: ParsedSparkRequest, tables: Tables, { about, timestampMicros }: Facts): string {
  const { source, target } = tables;
  if (request.do === 'export') {
    const shape = given(source);
    const chosen = request.columns ?? shape.columns.map(({ name }) => name);
    const columns = chosen.flatMap((name) => shape.columns.find((column) => column.name === name) ?? []);
    const from = sourceOf(request, shape);
    return exportScript({ source: from, columns, format: request.format, target: request.target ?? OWN_TARGET }, about);
  }
  const shape = given(target);
  const key = [...shape.partitionKey, ...shape.clusteringKey];
  const fields = fieldsOf(request, tables);
  const mapped = mappedColumns(request.mapping, shape, fields);
  const isJson = request.do === 'load' && request.format === 'ndjson';
  const columns = isJson ? withoutRoundedNumbers(mapped, request.mapping, shape) : mapped;
  const using = usingOf(request, fields, timeOf(request, shape, timestampMicros));
  const failed = failedOf(request, [...columns, ...usingColumns(using)]);
  const written = { key, columns, failed, using };
  if (request.do === 'copy') {
    return copyScript({ ...written, ...request.to, source: sourceOf(request, given(source)) }, about);
  }
  const { keyspace, table, format, source: path } = request;
  const types = format === 'parquet' ? typesOf(request, shape) : {};
  return loadScript({ ...written, keyspace, table, format, path, fields: fieldNames(request), types }, about);
}

/** The fields of files that a load reads. */
function fieldNames({ mapping, ttlField, timestampField }: Extract<ParsedSparkRequest, { do: 'load' }>): string[] {
  const mapped = mapping.flatMap(({ from }) => ('field' in from ? [from.field] : []));
  return [...new Set([...mapped, ...[ttlField, timestampField].filter((name) => name !== undefined)])];
}

/** The write time of all rows; null for lists, which must not be written twice with one. @throws SparkRefusal if one was asked for */
function timeOf(request: Writing, shape: TableShape, timestampMicros: number): number | null {
  const [list] = listsOf(shape, request.mapping);
  if (list === undefined) return timestampMicros;
  if (request.timestampMicros === undefined && request.timestampField === undefined) return null;
  throw new SparkRefusal(
    `“${list}” is a list that is not frozen: if Spark writes it again with the same write time, its elements come twice. Leave out the write time, or load it here.`,
  );
}

/** @throws SparkRefusal when both are given, or a field holds no numbers */
function usingOf(request: Writing, { typeOf }: Fields, timestampMicros: number | null): RowUsing {
  const { ttlSeconds, ttlField, timestampField } = request;
  if (ttlSeconds !== undefined && ttlField !== undefined) {
    throw new SparkRefusal('Choose one TTL for all rows, or a field with the TTL of each.');
  }
  // Which numbers a field of Parquet holds, only the files know.
  const field = (name: string) =>
    request.do === 'load' && request.format === 'parquet' ? { field: name } : usingField(name, typeOf(name));
  return {
    ttl: ttlField === undefined ? (ttlSeconds ?? null) : field(ttlField),
    timestamp: timestampField === undefined ? null : field(timestampField),
    timestampMicros,
  };
}

/** What Spark calls the types of mapped columns; a struct has a longer name in each table. */
function typesOf({ mapping }: Extract<ParsedSparkRequest, { do: 'load' }>, shape: TableShape): Record<string, string> {
  const inSpark = new Map(
    columnsInSpark(shape.columns, null).map(({ column, sparkType }) => [column, sparkType ?? '']),
  );
  const named = mapping.flatMap(({ to, from }) =>
    'field' in from ? [[from.field, inSpark.get(to) ?? ''] as const] : [],
  );
  return Object.fromEntries(named.filter(([, type]) => type !== '' && !type.includes('struct')));
}

function given(shape: TableShape | null): TableShape {
  if (shape === null) throw new Error('a table of the request was not read');
  return shape;
}

type Reading = Extract<ParsedSparkRequest, { do: 'export' | 'copy' }>;

function sourceOf({ keyspace, table, filters }: Reading, shape: TableShape): Source {
  const hasStatic = shape.columns.some(({ kind }) => kind === 'static');
  return { keyspace, table, condition: conditionOf(filters, shape), pushdown: !hasStatic };
}

function fieldsOf(request: Writing, { source, target, udts }: Tables): Fields {
  if (request.do === 'copy') {
    return { typeOf: (field) => source?.columns.find(({ name }) => name === field)?.type, udts };
  }
  if (request.format !== 'parquet') return { typeOf: () => TEXT, udts };
  if (request.mapping.some(({ steps }) => steps.length > 0)) {
    throw new SparkRefusal('Fields of Parquet files have types already, which only Spark knows: leave out the steps.');
  }
  // The script checks that each field has the type of its column.
  const mapped = new Map(
    request.mapping.flatMap(({ to, from }) => ('field' in from ? [[from.field, to] as const] : [])),
  );
  return { typeOf: (field) => target?.columns.find(({ name }) => name === mapped.get(field))?.type, udts };
}

function failedOf(request: Writing, columns: readonly SqlColumn[]): string | null {
  if (request.failed !== undefined) return request.failed;
  const [fallible] = columns.filter(({ faults }) => faults.length > 0);
  if (fallible === undefined) return null;
  throw new SparkRefusal(`A value may not fit “${fallible.name}”. Name a directory for such rows.`);
}
